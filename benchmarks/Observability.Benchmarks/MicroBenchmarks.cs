using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Observability.Benchmarks;

/// <summary>Runs a BenchmarkDotNet class inside this process, so that all of a suite is one run, and hands out its figures.</summary>
internal sealed class MicroBenchmarks
{
    private readonly Dictionary<string, (double Nanoseconds, double Bytes)> _figures = [];

    /// <summary>Median nanoseconds and allocated bytes of one operation, by method name and parameters as BenchmarkDotNet prints them.</summary>
    public (double Nanoseconds, double Bytes) this[string method, string parameters = ""] => _figures[Key(method, parameters)];

    public static MicroBenchmarks Run<T>(Report report, bool quick)
    {
        var job = Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(quick ? 50 : 200))
            .WithWarmupCount(quick ? 3 : 6)
            .WithIterationCount(quick ? 7 : 20);
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "observability-benchmarks"));
        var summary = BenchmarkRunner.Run<T>(config);

        var figures = new MicroBenchmarks();
        foreach (var benchmark in summary.Reports)
        {
            if (benchmark.ResultStatistics is null)
                throw new InvalidOperationException($"{benchmark.BenchmarkCase.DisplayInfo} gave no result: {string.Join("; ", summary.ValidationErrors.Select(error => error.Message))}");
            var bytes = benchmark.GcStats.GetBytesAllocatedPerOperation(benchmark.BenchmarkCase) ?? 0;
            figures._figures[Key(benchmark.BenchmarkCase.Descriptor.WorkloadMethod.Name, benchmark.BenchmarkCase.Parameters.DisplayInfo)] =
                (benchmark.ResultStatistics.Median, bytes);
        }

        var table = new AccumulationLogger();
        MarkdownExporter.Console.ExportToLog(summary, table);
        report.Line(typeof(T).Name);
        foreach (var line in table.GetLog().Split('\n').Where(line => line.StartsWith('|') || line.StartsWith(' '))) report.Line(line.TrimEnd());
        return figures;
    }

    private static string Key(string method, string parameters) => method + parameters;
}
