namespace Observability.Weaver;

/// <summary>Kinds of members that a rule reaches.</summary>
[Flags]
public enum WeaveMembers
{
    /// <summary>No kind.</summary>
    None = 0,

    /// <summary>Ordinary methods, explicit interface implementations included.</summary>
    Methods = 1,

    /// <summary>Accessors of properties, indexers and events.</summary>
    Properties = 2,

    /// <summary>Instance constructors.</summary>
    Constructors = 4,

    /// <summary>Operators and conversions.</summary>
    Operators = 8,

    /// <summary>Local functions.</summary>
    LocalFunctions = 16,

    /// <summary>Lambdas and anonymous methods.</summary>
    Lambdas = 32,

    /// <summary>Every kind.</summary>
    All = Methods | Properties | Constructors | Operators | LocalFunctions | Lambdas,
}
