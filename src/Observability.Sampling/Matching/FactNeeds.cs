namespace Observability.Sampling;

/// <summary>Which well-known facts a policy set asks about; the others are not looked for.</summary>
[Flags]
internal enum FactNeeds
{
    None = 0,
    Path = 1,
    Method = 2,
    Host = 4,
    UserAgent = 8,
    Priority = 16,
    SpanName = 32,

    /// <summary>What only a server span's start attributes tell.</summary>
    Request = Path | Method | Host | UserAgent,

    /// <summary>What attributes tell at all.</summary>
    Attributes = Request | Priority,
}
