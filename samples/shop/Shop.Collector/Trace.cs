namespace Shop.Collector;

internal sealed record Trace(string Id, IReadOnlyList<Span> Spans)
{
    public ulong Start => Spans.Min(span => span.Start);
    public double Milliseconds => (Spans.Max(span => span.End) - Start) / 1e6;
    public IEnumerable<string> Services => Spans.OrderBy(span => span.Start).Select(span => span.Service).Distinct();
    public IEnumerable<Span> Roots => Spans.Where(span => Spans.All(other => other.SpanId != span.ParentId)).OrderBy(span => span.Start);

    public IEnumerable<Span> ChildrenOf(Span span) => Spans.Where(other => other.ParentId == span.SpanId).OrderBy(other => other.Start);

    /// <summary>Whether all of the services have spoken, and no span still waits for its parent to arrive.</summary>
    public bool HasAll(IReadOnlyCollection<string> services) =>
        services.Count == 0 || (services.All(service => Spans.Any(span => span.Service == service)) && Roots.Count() == 1);
}
