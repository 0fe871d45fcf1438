namespace Observability.Weaver;

/// <summary>Which visibility a rule asks of a method.</summary>
public enum WeaveVisibility
{
    /// <summary>Any.</summary>
    Any,

    /// <summary>Methods that other assemblies can call: public or protected, as are all the types around them.</summary>
    Public,

    /// <summary>All others.</summary>
    NonPublic,
}
