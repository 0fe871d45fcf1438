using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.Tests.Agent;

public class StartSignalTests
{
    /// <summary>Half of the time after which a host that says nothing is no longer waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Without_a_host_it_comes_by_itself() => await Waiting(new StartSignal()).WaitAsync(Patience);

    [Fact]
    public async Task A_host_that_is_being_built_is_waited_for_until_it_has_started()
    {
        var signal = new StartSignal();
        signal.HostBuilding();
        var waiting = Waiting(signal);
        // Longer than a process without a host is left alone.
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);
        signal.HostStarted();
        await waiting.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_host_that_has_started_before_is_not_waited_for()
    {
        var signal = new StartSignal();
        signal.HostBuilding();
        signal.HostStarted();
        await Waiting(signal).WaitAsync(Patience);
    }

    [Fact]
    public async Task Whoever_waits_for_the_pipelines_brings_them_forward()
    {
        var signal = new StartSignal();
        signal.HostBuilding();
        var waiting = Waiting(signal);
        signal.Hurry();
        await waiting.WaitAsync(Patience);
    }

    /// <summary>On a thread of its own, as in a process.</summary>
    private static Task Waiting(StartSignal signal) => Task.Factory.StartNew(signal.Wait, TaskCreationOptions.LongRunning);
}
