using System.Diagnostics;

namespace Observability.Weaver;

/// <summary>Which methods are woven and what their spans say. Patterns know <c>*</c> (any text) and <c>?</c> (any character), and regard case.</summary>
public sealed class WeaveRule
{
    /// <summary>Simple name of the assembly; <c>*</c> by default.</summary>
    public string Assembly { get; init; } = "*";

    /// <summary>Full name of the type with its namespace; nested types follow a <c>+</c>. <c>*</c> by default.</summary>
    public string Type { get; init; } = "*";

    /// <summary>Name of the method; <c>*</c> by default.</summary>
    public string Method { get; init; } = "*";

    /// <summary>
    /// Simple names of the parameters' types, separated by a comma and a space and without type arguments, to tell overloads apart:
    /// <c>String, CancellationToken</c>. <c>*</c> by default.
    /// </summary>
    public string Parameters { get; init; } = "*";

    /// <summary>Full name of an attribute that the method or its type must carry, without the suffix <c>Attribute</c> if one likes; none by default.</summary>
    public string? Attribute { get; init; }

    /// <summary>How visible the method must be; any by default.</summary>
    public WeaveVisibility Visibility { get; init; }

    /// <summary>Which kinds of members the patterns reach; ordinary methods by default.</summary>
    public WeaveMembers Members { get; init; } = WeaveMembers.Methods;

    /// <summary>Leaves what matches unwoven, whatever other rules and attributes say; off by default.</summary>
    public bool Exclude { get; init; }

    /// <summary>Name of the span; <c>{type}</c> and <c>{method}</c> are replaced. <c>{type}.{method}</c> by default.</summary>
    public string Name { get; init; } = "{type}.{method}";

    /// <summary>Kind of the span; internal by default.</summary>
    public ActivityKind Kind { get; init; }

    /// <summary>Name of the ActivitySource and the Meter; the woven assembly's own name by default.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// Attributes of the span: name to parameter name, to <c>parameter.Property</c>, <c>this.Property</c>, <c>return</c>, or to a constant
    /// that begins with <c>=</c>. Names that sound like a secret show <c>REDACTED</c>; values are cut at 256 characters. None by default.
    /// </summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// An object that is handed to subscribers of the DiagnosticListener <c>Observability.Weaver</c>, in an event named as the method: a parameter or
    /// <c>this</c> when it begins, <c>return</c> when it ends. None by default.
    /// </summary>
    public string? Announce { get; init; }

    /// <summary>Makes spans; on by default.</summary>
    public bool Spans { get; init; } = true;

    /// <summary>Counts calls and errors and measures durations of each method; off by default.</summary>
    public bool Metrics { get; init; }

    /// <summary>One of those that the weaver brings: whoever asks for the recipe has not spelt it.</summary>
    internal bool IsRecipe { get; init; }

    /// <summary>What it picks, as text.</summary>
    internal string Pattern => $"[{Assembly}]{Type}::{Method}{(Attribute is null ? "" : "@" + Attribute)}";
}
