using System.Collections.Concurrent;
using System.Diagnostics;

namespace Observability.Weaver.Tests.Weaving;

/// <summary>Hears the spans of one source and keeps those that ended, in that order.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ActivityListener _listener;

    public SpanRecorder(string source, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
            ActivityStopped = Ended,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Spans => [.. _ended];

    /// <summary>One line a span, as it was when it ended: its name, its parent's, its status when that is an error.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    public void Dispose() => _listener.Dispose();

    private void Ended(Activity span)
    {
        _lines.Enqueue(Line(span));
        _ended.Enqueue(span);
    }

    private static string Line(Activity span) =>
        span.DisplayName
        + (span.Parent is { } parent ? " < " + parent.DisplayName : "")
        + (span.Status == ActivityStatusCode.Error ? $" ! {span.GetTagItem("error.type")}" : "")
        + string.Concat(span.TagObjects.Where(tag => tag.Key is not "code.function.name" and not "error.type").Select(tag => $" {tag.Key}={tag.Value}"));
}
