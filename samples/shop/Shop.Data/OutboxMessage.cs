namespace Shop.Data;

/// <summary>
/// A message that waits in the same database as what it tells of: both are written in one transaction, so neither can be
/// lost without the other.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>The destination's name, as messaging spans state it.</summary>
    public const string Destination = "orders.accepted";

    /// <summary>The messaging system's name, as messaging spans state it.</summary>
    public const string System = "outbox";

    public long Id { get; init; }
    public required Order Order { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? ProcessedAt { get; set; }

    // What travels: the three headers of W3C Trace Context and W3C Baggage, as columns.
    public string? TraceParent { get; set; }
    public string? TraceState { get; set; }
    public string? Baggage { get; set; }
}
