namespace Observability.Weaver;

/// <summary>What somebody asks of <see cref="WeaveCommand"/>.</summary>
public sealed class WeaveRequest
{
    /// <summary>Assemblies, or folders of them.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Rules as text; louder than those of <c>OBSERVABILITY_WEAVE</c>, which are louder than the file's. None by default.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>A JSON file with rules; none by default.</summary>
    public string? RulesPath { get; init; }

    /// <summary>Files or folders with further referenced assemblies; none by default.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>A strong-name key pair (.snk); none by default.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Where to write the JSON report; nowhere by default.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Lists what would be woven, and writes nothing; off by default.</summary>
    public bool DryRun { get; init; }

    /// <summary>Tells about every assembly and everything that was left as it was; off by default.</summary>
    public bool Verbose { get; init; }
}
