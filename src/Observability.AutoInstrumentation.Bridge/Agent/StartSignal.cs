namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>
/// When the agent's pipelines are built. That takes a processor a good part of a second, which the application needs for itself while it starts; what happens
/// meanwhile is held. So it is done once the host has started, or, where there is none, a moment after the beginning, and at once when somebody waits.
/// </summary>
internal sealed class StartSignal
{
    /// <summary>Leaves the first requests, and the first lines of <c>Main</c>, to the application.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    /// <summary>For a host that takes long to start, or never says that it has.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a host is being built or runs: it ends the process in its own way.</summary>
    public bool HasHost { get; private set; }

    /// <summary>Whether there is a log that nobody may be going to end.</summary>
    public bool HasLog { get; private set; }

    public void HostBuilding() => HasHost = true;

    public void LogBegun() => HasLog = true;

    public void HostStarted() => _started.TrySetResult();

    /// <summary>Somebody waits.</summary>
    public void Hurry()
    {
        _wanted.TrySetResult();
        _started.TrySetResult();
    }

    public void Wait()
    {
        if (_wanted.Task.Wait(Moment) || !HasHost) return;
        _started.Task.Wait(Longest);
        _wanted.Task.Wait(Moment);
    }
}
