namespace Observability.Weaver;

/// <summary>What became of an assembly.</summary>
public enum WeaveOutcome
{
    /// <summary>It was woven and written.</summary>
    Woven,

    /// <summary>No rule and no attribute picked a method that can be woven. Nothing was written.</summary>
    NothingPicked,

    /// <summary>It is woven already. Nothing was written.</summary>
    AlreadyWoven,

    /// <summary>It is not for weaving. Nothing was written.</summary>
    Refused,

    /// <summary>Weaving failed. Nothing was written.</summary>
    Failed,
}
