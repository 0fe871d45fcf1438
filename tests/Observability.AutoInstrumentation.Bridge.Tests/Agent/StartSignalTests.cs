using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.Tests.Agent;

public class StartSignalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Without_a_host_it_comes_by_itself() => await Waiting(new StartSignal()).WaitAsync(Patience);

    [Fact]
    public async Task A_host_that_is_being_built_is_waited_for_until_it_has_started()
    {
        var signal = new StartSignal();
        signal.HostBuilding();
        var waiting = Waiting(signal);
        // Longer than a process without a host is left alone.
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        Assert.False(waiting.IsCompleted);
        signal.HostStarted();
        await waiting.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_host_that_never_starts_is_not_waited_for_long_and_does_not_end_the_process()
    {
        var signal = new StartSignal();
        signal.HostBuilding();
        await Waiting(signal).WaitAsync(Patience);
        Assert.True(signal is { HasHost: true, HasRunningHost: false });
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
