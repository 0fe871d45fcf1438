namespace Shop.Collector;

/// <summary>The latest traces, oldest forgotten first.</summary>
internal sealed class TraceStore
{
    private const int Capacity = 5000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Span>> _traces = [];
    private readonly Queue<string> _order = new();

    public void Add(Span span)
    {
        lock (_gate)
        {
            if (!_traces.TryGetValue(span.TraceId, out var spans))
            {
                if (_order.Count == Capacity) _traces.Remove(_order.Dequeue());
                _order.Enqueue(span.TraceId);
                _traces[span.TraceId] = spans = [];
            }
            spans.Add(span);
        }
    }

    public Trace? Find(string id)
    {
        lock (_gate) return _traces.TryGetValue(id, out var spans) ? new Trace(id, [.. spans]) : null;
    }

    public IReadOnlyList<Trace> Latest(int count)
    {
        lock (_gate) return [.. _order.Reverse().Take(count).Select(id => new Trace(id, [.. _traces[id]]))];
    }
}
