namespace Observability.Weaver;

/// <summary>What to weave, and what the weaver needs besides the assembly itself.</summary>
public sealed class WeaveOptions
{
    /// <summary>The rules, later ones louder than earlier ones; none by default, when <c>[Traced]</c> alone decides.</summary>
    public IReadOnlyList<WeaveRule> Rules { get; init; } = [];

    /// <summary>Files or folders with the assemblies that the woven one references; none by default. What is missing is done without.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>A strong-name key pair (the bytes of an .snk file) to sign the woven assembly with; none by default.</summary>
    public byte[]? StrongNameKey { get; init; }

    /// <summary>Weaves also those who listen to spans. For their own tests, in which nobody listens to what is woven; off by default.</summary>
    internal bool IncludesListeners { get; init; }
}
