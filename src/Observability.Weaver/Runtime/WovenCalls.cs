using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Observability.Weaver.Runtime;

/// <summary>
/// What woven code calls where a rule asks for metrics: the same operations as <see cref="WovenSpans"/>, whose copy it stands on, with
/// calls and errors counted and durations measured beside. Copied, never run here.
/// </summary>
[CompilerGenerated]
internal static class WovenCalls
{
    /// <summary>In place of a kind: metrics without a span.</summary>
    public const int NoSpan = -1;

    // Unheard ones at first: a listener that is told of the real ones may call woven code.
    private static readonly Counter<long> Count = Unheard().CreateCounter<long>("code.function.calls");
    private static readonly Counter<long> Errors = Unheard().CreateCounter<long>("code.function.errors");
    private static readonly Histogram<double> Duration = Unheard().CreateHistogram<double>("code.function.duration");
    private static readonly Meter Meter = Made(ref Count, ref Errors, ref Duration);

    /// <summary>Set while listeners run on this thread: what they call may be measured too, and must not be measured for ever.</summary>
    [ThreadStatic]
    private static bool t_recording;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Call? Start(string name, string function, ActivityKind kind) =>
        IsMeasured() || ((int)kind != NoSpan && WovenSpans.IsHeard()) ? StartHeard(name, function, kind) : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void End(Call? call)
    {
        if (call is not null) Finish(call);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Fail(Exception exception, Call? call)
    {
        if (call is null) return false;
        call.Error = exception.GetType().FullName;
        return WovenSpans.Fail(exception, call.Span);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void EndFailed(Exception exception, Call? call)
    {
        if (call is null) return;
        Fail(exception, call);
        Finish(call);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Tag(Call? call, string key, object? value)
    {
        if (call is not null) WovenSpans.Tag(call.Span, key, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Call? EndWith(Call? call, Task? task)
    {
        if (call is null || task is null) return call;
        var isCompleted = task.IsCompleted;
        call.Span = WovenSpans.EndWith(call.Span, task);
        if (isCompleted)
        {
            call.NoteOutcome(task);
            return call;
        }
        task.ContinueWith(new Action<Task>(call.Run), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return null;
    }

    public static Activity? Before(Call? call) => WovenSpans.Before(call is null ? null : call.Span);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Resume(Call? call)
    {
        if (call is not null) WovenSpans.Resume(call.Span);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Call? Suspend(Call? call, Activity? before, bool more)
    {
        if (call is null) return null;
        call.Span = WovenSpans.Suspend(call.Span, before, more);
        if (more) return call;
        Finish(call);
        return null;
    }

    /// <summary>Nobody is told of the instruments of a meter that has been disposed of.</summary>
    private static Meter Unheard()
    {
        var meter = new Meter(Placeholder.SourceName);
        meter.Dispose();
        return meter;
    }

    private static Meter Made(ref Counter<long> count, ref Counter<long> errors, ref Histogram<double> duration)
    {
        var meter = new Meter(Placeholder.SourceName, Placeholder.SourceVersion);
        try
        {
            count = meter.CreateCounter<long>("code.function.calls", "{call}", "Calls that have ended.");
            errors = meter.CreateCounter<long>("code.function.errors", "{error}", "Calls that have ended with an exception.");
            duration = meter.CreateHistogram<double>("code.function.duration", "s", "Time from the beginning of a call to its end.");
        }
        catch (Exception)
        {
            // A listener threw. What it was told of last stays unheard.
        }
        return meter;
    }

    private static bool IsMeasured() => Count.Enabled || Duration.Enabled || Errors.Enabled;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Call? StartHeard(string name, string function, ActivityKind kind)
    {
        if (t_recording || WovenSilence.t_silent) return null;
        var span = (int)kind == NoSpan ? null : WovenSpans.Start(name, function, kind);
        return span is null && !IsMeasured() ? null : new Call(function, span);
    }

    private static void Finish(Call call)
    {
        WovenSpans.End(call.Span);
        if (call.IsRecorded || t_recording) return;
        call.IsRecorded = true;
        t_recording = true;
        try
        {
            var tags = default(TagList);
            tags.Add("code.function.name", call.Function);
            if (call.Error is not null) tags.Add("error.type", call.Error);
            Count.Add(1, in tags);
            if (call.Error is not null) Errors.Add(1, in tags);
            Duration.Record((Stopwatch.GetTimestamp() - call.Started) / (double)Stopwatch.Frequency, in tags);
        }
        catch (Exception)
        {
            // A listener threw.
        }
        finally
        {
            t_recording = false;
        }
    }

    /// <summary>One call under way.</summary>
    public sealed class Call(string function, Activity? span)
    {
        public readonly string Function = function;
        public readonly long Started = Stopwatch.GetTimestamp();
        public Activity? Span = span;
        public string? Error;
        public bool IsRecorded;

        public void Run(Task task)
        {
            NoteOutcome(task);
            Finish(this);
        }

        public void NoteOutcome(Task task)
        {
            if (task.IsCanceled) Error = "System.Threading.Tasks.TaskCanceledException";
            else if (task.IsFaulted) Error = "_OTHER";
        }
    }
}
