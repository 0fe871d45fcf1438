namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>
/// When the agent's pipelines are built. That takes processor time, which the application needs for itself while it starts; what happens
/// meanwhile is held. So it is done once the host has started, or, where there is none, a moment after the beginning, and at once when somebody waits.
/// </summary>
internal sealed class StartSignal
{
    /// <summary>Leaves the first lines of <c>Main</c> to the application.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Leaves the first request to the application, and no more. The runtime takes 100 ms without new code for the end of a start, and compiles anew what is
    /// called often after that: built later, the pipelines would have it do so with methods that nobody calls again.
    /// </summary>
    private static readonly TimeSpan FirstRequest = TimeSpan.FromMilliseconds(80);

    /// <summary>For a host that takes long to start, or is built and never started: what is held is shown no later.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a host is being built or runs.</summary>
    public bool HasHost { get; private set; }

    /// <summary>Whether a host has started: it ends the process in its own way, which one that was only built does not.</summary>
    public bool HasRunningHost { get; private set; }

    /// <summary>Whether there is a log that nobody may be going to end.</summary>
    public bool HasLog { get; private set; }

    public void HostBuilding() => HasHost = true;

    public void LogBegun() => HasLog = true;

    public void HostStarted()
    {
        HasRunningHost = true;
        _started.TrySetResult();
    }

    /// <summary>Somebody waits.</summary>
    public void Hurry()
    {
        _wanted.TrySetResult();
        _started.TrySetResult();
    }

    public void Wait()
    {
        if (!_started.Task.Wait(Moment))
        {
            if (!HasHost) return;
            _started.Task.Wait(Longest);
        }
        _wanted.Task.Wait(FirstRequest);
    }
}
