namespace Observability.Sampling;

/// <summary>What concerns a policy set as a whole.</summary>
internal sealed record PolicySetTraits
{
    public required FactNeeds Needs { get; init; }
    public required bool TrustRemote { get; init; }

    /// <summary>Whether any parent may decide.</summary>
    public required bool Inherits { get; init; }

    public required bool RecordAll { get; init; }
    public required bool Annotate { get; init; }

    /// <summary>Whether a rule asks for what only the attributes of a server span's start can tell.</summary>
    public required bool NeedsRequestAttributes { get; init; }

    /// <summary>Reads a header of the request that is being served, where somebody can.</summary>
    public required Func<string, string?>? Header { get; init; }

    /// <summary>Reads an attribute of the request that is being served, where somebody can.</summary>
    public required Func<string, string?>? RequestAttribute { get; init; }

    public required SamplingNotices Notices { get; init; }
}
