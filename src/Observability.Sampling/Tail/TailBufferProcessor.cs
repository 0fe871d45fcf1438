using System.Diagnostics;
using OpenTelemetry;

namespace Observability.Sampling;

/// <summary>
/// Stands before the exporting processor. Spans that the head kept pass; the others wait for the end of their local
/// root and follow it when one of them failed or it was slow.
/// </summary>
/// <remarks>A composite of one, because that is how the SDK hands a provider, and with it the resource, to an inner processor.</remarks>
internal sealed class TailBufferProcessor : CompositeProcessor<Activity>
{
    private const string Property = "observability.sampling.tail";

    private readonly SamplingTailOptions _options;
    private readonly TimeProvider _time;
    private readonly TailBuffer _buffer;
    private readonly TailMeter _meter;
    private readonly SamplingNotices _notices;
    private readonly ITimer _sweep;

    public TailBufferProcessor(SamplingTailOptions options, BaseProcessor<Activity> export, TimeProvider time)
        : base([export])
    {
        _options = options;
        _time = time;
        _buffer = new TailBuffer(options, time);
        _meter = new TailMeter(_buffer);
        _notices = new SamplingNotices(time);
        var interval = TimeSpan.FromSeconds(Math.Max(1, options.MaxAgeSeconds / 4.0));
        _sweep = time.CreateTimer(_ => Sweep(time.GetTimestamp()), null, interval, interval);
    }

    /// <summary>What waits; for tests.</summary>
    internal TailBuffer Buffer => _buffer;

    public override void OnEnd(Activity data)
    {
        if (data.Recorded)
        {
            // Spans that the head dropped one by one under a kept root were not wanted: they do not follow it.
            if (data.GetCustomProperty(Property) is WaitingTrace unwanted) Close(unwanted, TailVerdict.Dropped);
            base.OnEnd(data);
            return;
        }
        var root = data;
        while (root.Parent is { } parent) root = parent;
        if (ReferenceEquals(root, data)) EndRoot(root);
        else EndChild(root, data);
    }

    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        Sweep(long.MaxValue);
        return base.OnShutdown(timeoutMilliseconds);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sweep.Dispose();
            _meter.Dispose();
        }
        base.Dispose(disposing);
    }

    private void EndRoot(Activity root)
    {
        var trace = root.GetCustomProperty(Property) as WaitingTrace;
        if (trace is null)
        {
            // Remembered for children that end later. Most roots that nothing waits for are dropped and need no memory.
            if (Judge(root, failed: false) is TailVerdict.Dropped) return;
            trace = new WaitingTrace(root, 0);
            root.SetCustomProperty(Property, trace);
        }
        var (verdict, spans) = Close(trace, null);
        if (verdict is not (TailVerdict.KeptForError or TailVerdict.KeptForSlowness)) return;
        _meter.CountKept(verdict);
        foreach (var span in spans) Release(span, verdict);
        Release(root, verdict);
    }

    private (TailVerdict Verdict, Activity[] Spans) Close(WaitingTrace trace, TailVerdict? decided)
    {
        lock (trace)
        {
            var verdict = decided ?? Judge(trace.Root, trace.HasError);
            var spans = trace.Close(verdict);
            _buffer.Leave(trace);
            return (verdict, spans);
        }
    }

    private TailVerdict Judge(Activity root, bool failed)
    {
        if (_options.KeepErrors && (failed || root.Status == ActivityStatusCode.Error)) return TailVerdict.KeptForError;
        return _options.SlowMs > 0 && root.Duration.TotalMilliseconds >= _options.SlowMs ? TailVerdict.KeptForSlowness : TailVerdict.Dropped;
    }

    private void EndChild(Activity root, Activity span)
    {
        var trace = TraceOf(root);
        var late = TailVerdict.Waiting;
        lock (trace)
        {
            if (trace.Verdict == TailVerdict.Waiting) Hold(trace, span);
            else late = trace.Verdict;
        }

        // The root was faster than its child; the child follows what was decided.
        if (late is TailVerdict.KeptForError or TailVerdict.KeptForSlowness) Release(span, late);
    }

    private WaitingTrace TraceOf(Activity root)
    {
        // Children end on any thread; the root's lock makes them agree on one trace.
        lock (root)
        {
            if (root.GetCustomProperty(Property) is WaitingTrace { Verdict: not TailVerdict.TooOld } trace) return trace;
            trace = new WaitingTrace(root, _time.GetTimestamp());
            if (root.IsStopped) trace.Close(TailVerdict.Dropped);
            else _buffer.TryEnter(trace);
            root.SetCustomProperty(Property, trace);
            return trace;
        }
    }

    private void Hold(WaitingTrace trace, Activity span)
    {
        trace.Note(span);
        if (trace.Node is null)
        {
            _buffer.CountLostToTraces();
            _notices.TailOverflow("Tail:MaxTraces");
            return;
        }
        var bytes = SpanSize.Of(span);
        if (_buffer.TryReserve(bytes))
        {
            trace.Add(span, bytes);
            return;
        }
        _buffer.CountLostToMemory();
        _notices.TailOverflow("Tail:MaxMiB");
    }

    private void Release(Activity span, TailVerdict verdict)
    {
        // Taken out by a processor of the application's.
        if (!span.IsAllDataRequested) return;
        span.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        span.SetTag("sampling.reason", verdict == TailVerdict.KeptForError ? "tail-error" : "tail-slow");
        base.OnEnd(span);
    }

    /// <summary>Decides what has waited too long: failures are kept, the rest is lost. At the end of time, all.</summary>
    private void Sweep(long now)
    {
        while (_buffer.Overdue(now) is { } trace)
        {
            var (_, spans) = Close(trace, TailVerdict.TooOld);
            if (!(_options.KeepErrors && trace.HasError))
            {
                _buffer.CountLostToAge(spans.Length);
                if (spans.Length > 0) _notices.TailOverflow("Tail:MaxAgeSeconds");
                continue;
            }
            _meter.CountKept(TailVerdict.KeptForError);
            foreach (var span in spans) Release(span, TailVerdict.KeptForError);
        }
    }
}
