namespace Observability.Weaver.Tests.Fuzzing;

/// <summary>What a body may do besides computing.</summary>
internal enum GeneratedFlow
{
    /// <summary>Return a number.</summary>
    Plain,

    /// <summary>Return nothing.</summary>
    Void,

    /// <summary>Await, and return a number.</summary>
    Async,

    /// <summary>Yield numbers.</summary>
    Iterator,

    /// <summary>Yield numbers and await.</summary>
    AsyncIterator,
}
