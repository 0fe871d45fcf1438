namespace Observability.Weaver;

/// <summary>How a method runs, which decides where its span starts and ends.</summary>
public enum MethodShape
{
    /// <summary>Runs from its first to its last instruction on the caller's stack.</summary>
    Plain,

    /// <summary>An instance constructor: the span begins after the constructor that it calls.</summary>
    Constructor,

    /// <summary>Not async, but returns a task: the span ends when the task does.</summary>
    ReturnsTask,

    /// <summary>Async: Task, ValueTask, void or any type with a method builder.</summary>
    Async,

    /// <summary>An async iterator: one span from the first MoveNextAsync to the end or the disposal.</summary>
    AsyncIterator,

    /// <summary>An iterator: one span from the first MoveNext to the end or the disposal.</summary>
    Iterator,

    /// <summary>Abstract, extern or otherwise without IL.</summary>
    Bodyless,

    /// <summary>.NET 11 runtime-async: the runtime makes the state machine.</summary>
    RuntimeAsync,
}
