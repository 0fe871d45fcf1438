namespace Observability.StartupHooks;

/// <summary>What weaving at start-up may do to this process.</summary>
internal enum WovenStart
{
    /// <summary>Nobody asks for it.</summary>
    None,

    /// <summary>The second stage may replace the process by itself, woven: nothing of <c>Main</c> may have happened by then.</summary>
    Coming,

    /// <summary>By all appearances the host has been told of woven assemblies already.</summary>
    Done,
}
