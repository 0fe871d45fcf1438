using Observability.Ebpf.Diagnostics;
using Observability.Ebpf.Slots;
using Observability.Ebpf.Tagging;

namespace Observability.Ebpf.Tests.Tagging;

public sealed class CorrelationProcessorTests
{
    [Fact]
    public void Off_Linux_nothing_is_done_and_that_is_said_once()
    {
        using var events = new EbpfEvents();

        Assert.Null(Create(new EbpfOptions(), isLinux: false));

        Assert.Equal([8001], events.Ids);
    }

    [Fact]
    public void Turned_off_nothing_is_done_and_nothing_is_said()
    {
        using var events = new EbpfEvents();

        Assert.Null(Create(new EbpfOptions { Enabled = false }, isLinux: true));
        Assert.Null(Create(new EbpfOptions { Enabled = false }, isLinux: false));

        Assert.Empty(events.Ids);
    }

    private static CorrelationProcessor? Create(EbpfOptions options, bool isLinux)
    {
        var counts = new EbpfCounts();
        return CorrelationProcessor.Create(options, new Publisher("/nowhere", TimeProvider.System, counts), counts, TimeProvider.System, isLinux);
    }
}
