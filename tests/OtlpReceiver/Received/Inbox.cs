using System.Collections.Concurrent;

namespace OtlpReceiver;

/// <summary>Everything that was accepted so far, and every call that was made.</summary>
internal sealed class Inbox
{
    public ConcurrentQueue<ReceivedSpan> Spans { get; } = new();
    public ConcurrentQueue<ReceivedMetric> Metrics { get; } = new();
    public ConcurrentQueue<ReceivedLog> Logs { get; } = new();
    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();
    public ConcurrentQueue<string> Violations { get; } = new();

    public void Add(DecodedExport export)
    {
        foreach (var span in export.Spans) Spans.Enqueue(span);
        foreach (var metric in export.Metrics) Metrics.Enqueue(metric);
        foreach (var log in export.Logs) Logs.Enqueue(log);
    }

    public void Clear()
    {
        Spans.Clear();
        Metrics.Clear();
        Logs.Clear();
        Requests.Clear();
        Violations.Clear();
    }
}
