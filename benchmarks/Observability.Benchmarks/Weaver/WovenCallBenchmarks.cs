using System.Diagnostics;
using BenchmarkDotNet.Attributes;

namespace Observability.Benchmarks.Weaver;

/// <summary>One call of a woven method, unheard, sampled out below a parent, recorded; beside the unwoven and the peers.</summary>
public class WovenCallBenchmarks
{
    private const int Count = 1000;

    private static readonly WovenTarget Unwoven = WovenTarget.Unwoven();
    private static readonly WovenTarget Off = WovenTarget.Woven(null);
    private static readonly WovenTarget Sampled = WovenTarget.Woven(ActivitySamplingResult.None);
    private static readonly WovenTarget Recorded = WovenTarget.Woven(ActivitySamplingResult.AllDataAndRecorded);

    private readonly Func<int> _sync = Unwoven["Sync"], _syncOff = Off["Sync"], _syncSampled = Sampled["Sync"], _syncRecorded = Recorded["Sync"];
    private readonly Func<int> _small = Unwoven["Small"], _smallOff = Off["Small"];
    private readonly Func<int> _task = Unwoven["Task"], _taskOff = Off["Task"], _taskSampled = Sampled["Task"];
    private readonly Func<int> _value = Unwoven["ValueTask"], _valueOff = Off["ValueTask"];
    private readonly Func<int> _aspectSync = Unwoven["AspectSync"], _aspectTask = Unwoven["AspectTask"], _decorated = Unwoven["DecoratedSync"];

    private Activity? _parent;

    /// <summary>A parent, as every call within a request has: without one the framework makes a trace id before it asks.</summary>
    [GlobalSetup]
    public void Setup() => _parent = new Activity("request").Start();

    [GlobalCleanup]
    public void Cleanup() => _parent?.Stop();

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)] public int Sync_unwoven() => _sync();
    [Benchmark(OperationsPerInvoke = Count)] public int Sync_off() => _syncOff();
    [Benchmark(OperationsPerInvoke = Count)] public int Sync_sampled_out() => _syncSampled();
    [Benchmark(OperationsPerInvoke = Count)] public int Sync_recorded() => _syncRecorded();
    [Benchmark(OperationsPerInvoke = Count)] public int Sync_AspectInjector_off() => _aspectSync();
    [Benchmark(OperationsPerInvoke = Count)] public int Sync_MethodDecorator_style_off() => _decorated();
    [Benchmark(OperationsPerInvoke = Count)] public int Small_unwoven() => _small();
    [Benchmark(OperationsPerInvoke = Count)] public int Small_off() => _smallOff();
    [Benchmark(OperationsPerInvoke = Count)] public int Task_unwoven() => _task();
    [Benchmark(OperationsPerInvoke = Count)] public int Task_off() => _taskOff();
    [Benchmark(OperationsPerInvoke = Count)] public int Task_sampled_out() => _taskSampled();
    [Benchmark(OperationsPerInvoke = Count)] public int Task_AspectInjector_off() => _aspectTask();
    [Benchmark(OperationsPerInvoke = Count)] public int ValueTask_unwoven() => _value();
    [Benchmark(OperationsPerInvoke = Count)] public int ValueTask_off() => _valueOff();
}
