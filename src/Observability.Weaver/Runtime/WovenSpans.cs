using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Observability.Weaver.Runtime;

/// <summary>
/// What woven code calls. The weaver never runs this type: it copies its IL into every assembly it weaves, so that a woven
/// assembly needs no other file, and the JIT may inline across. The placeholders become the source's name and version.
/// It uses only what <c>System.Diagnostics.DiagnosticSource</c> 8 has, and no lambda, so that it is one plain type.
/// </summary>
[CompilerGenerated]
internal static class WovenSpans
{
    private static readonly ActivitySource Source = Made(ref Source!);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Activity? Start(string name, string function, ActivityKind kind) =>
        Source.HasListeners() ? StartHeard(name, function, kind) : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsHeard() => Source.HasListeners();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void End(Activity? span)
    {
        if (span is not null) Stop(span);
    }

    /// <summary>The body of an exception filter: notes the failure while the stack still stands and never catches.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Fail(Exception exception, Activity? span)
    {
        if (span is not null) Record(span, exception);
        return false;
    }

    /// <summary>The end of an async method that threw.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void EndFailed(Exception exception, Activity? span)
    {
        if (span is null) return;
        Record(span, exception);
        Stop(span);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Tag(Activity? span, string key, object? value)
    {
        if (span is null || !span.IsAllDataRequested) return;
        var silent = WovenSilence.Begin();
        try
        {
            span.SetTag(key, WovenValues.Shown(value));
        }
        catch (Exception)
        {
            // A value whose ToString throws is not worth the application's call.
        }
        finally
        {
            WovenSilence.End(silent);
        }
    }

    /// <summary>Hands the end of the span to the task that the method returned; null when nothing is left to end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Activity? EndWith(Activity? span, Task? task)
    {
        if (span is null || task is null) return span;
        if (task.IsCompleted)
        {
            RecordOutcome(span, task);
            return span;
        }
        if (ReferenceEquals(Activity.Current, span)) MakeCurrent(span.Parent);
        // Synchronously: the span has ended before whoever awaits the task goes on.
        task.ContinueWith(new Action<Task>(new TaskEnd(span).Run), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return null;
    }

    /// <summary>What was current before an iterator runs on: its consumer gets it back after every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Activity? Before(Activity? span) => span is not null || Source.HasListeners() ? Activity.Current : null;

    /// <summary>Makes the span of an iterator current again where it runs on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Resume(Activity? span)
    {
        if (span is not null) MakeCurrent(span);
    }

    /// <summary>Gives the consumer of an iterator its current span back and ends the iterator's when no element is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Activity? Suspend(Activity? span, Activity? before, bool more) =>
        span is null ? null : SuspendHeard(span, before, more);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Activity? SuspendHeard(Activity span, Activity? before, bool more)
    {
        if (!more) Stop(span);
        // Disposed of by its own MoveNext, which failed: what was current before that is so again already.
        if (!ReferenceEquals(before, span) || !span.IsStopped) MakeCurrent(before);
        return more ? span : null;
    }

    /// <summary>
    /// A listener that is asked about the new source may call woven code, for which there must be one already, and may throw: nobody listens then. A source
    /// whose constructor has not run has no listeners, and is never null, so that no call has to ask.
    /// </summary>
    private static ActivitySource Made(ref ActivitySource source)
    {
        source = (ActivitySource)RuntimeHelpers.GetUninitializedObject(typeof(ActivitySource));
        try
        {
            return new ActivitySource(Placeholder.SourceName, Placeholder.SourceVersion);
        }
        catch (Exception)
        {
            return source;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Activity? StartHeard(string name, string function, ActivityKind kind)
    {
        // One look-up: a call that is sampled out consists of little else.
        ref var silent = ref WovenSilence.t_silent;
        if (silent) return null;
        silent = true;
        try
        {
            var span = Source.StartActivity(name, kind);
            if (span is not null && span.IsAllDataRequested) span.SetTag("code.function.name", function);
            return span;
        }
        catch (Exception)
        {
            // A listener threw. The application's call goes on as if nobody listened.
            Forget(name);
            return null;
        }
        finally
        {
            silent = false;
        }
    }

    /// <summary>
    /// Takes away what became current before a listener threw. Remembering what was current before would cost every call that is sampled out; a
    /// span that was begun whole, such as the caller's in a recursion, is known by its attribute.
    /// </summary>
    private static void Forget(string name)
    {
        try
        {
            var current = Activity.Current;
            if (current is not null && ReferenceEquals(current.Source, Source) && ReferenceEquals(current.OperationName, name) && current.GetTagItem("code.function.name") is null) MakeCurrent(current.Parent);
        }
        catch (Exception)
        {
            // The type initializer of Activity, which asks listeners, is still running: nothing can be current.
        }
    }

    /// <summary>Ends the span. What the method itself left current stays so, as it would without us.</summary>
    private static void Stop(Activity span)
    {
        var current = Activity.Current;
        var silent = WovenSilence.Begin();
        try
        {
            span.Stop();
        }
        catch (Exception)
        {
            // A listener threw.
        }
        finally
        {
            WovenSilence.End(silent);
        }
        if (!ReferenceEquals(current, span)) MakeCurrent(current);
        else if (ReferenceEquals(Activity.Current, span)) MakeCurrent(span.Parent);
    }

    private static void StopAside(Activity span)
    {
        var current = Activity.Current;
        Stop(span);
        MakeCurrent(current);
    }

    private static void MakeCurrent(Activity? span)
    {
        if (span is not null && span.IsStopped) WovenCurrent.Restore(span);
        else Activity.Current = span;
    }

    private static void Record(Activity span, Exception exception)
    {
        var silent = WovenSilence.Begin();
        try
        {
            var type = exception.GetType().FullName;
            var message = WovenValues.Bounded(exception.Message);
            span.SetStatus(ActivityStatusCode.Error, message);
            if (!span.IsAllDataRequested) return;
            span.SetTag("error.type", type);
            var tags = new ActivityTagsCollection
            {
                { "exception.type", type },
                { "exception.message", message },
                { "exception.stacktrace", exception.ToString() },
            };
            span.AddEvent(new ActivityEvent("exception", default, tags));
        }
        catch (Exception)
        {
            // An exception whose Message throws.
        }
        finally
        {
            WovenSilence.End(silent);
        }
    }

    /// <summary>Reading Task.Exception would count as observing it and change what the application sees: only the outcome is noted.</summary>
    private static void RecordOutcome(Activity span, Task task)
    {
        if (task.IsCompletedSuccessfully) return;
        span.SetStatus(ActivityStatusCode.Error, task.IsCanceled ? "The task was canceled." : "The task faulted.");
        if (span.IsAllDataRequested) span.SetTag("error.type", task.IsCanceled ? "System.Threading.Tasks.TaskCanceledException" : "_OTHER");
    }

    private sealed class TaskEnd(Activity span)
    {
        public void Run(Task task)
        {
            RecordOutcome(span, task);
            StopAside(span);
        }
    }
}
