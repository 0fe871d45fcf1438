using System.Diagnostics;
using Observability.Diagnostics;
using Observability.Export;
using Observability.Hosting;
using Observability.Tests.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.Tests.Hosting;

[Collection(Alone.Name)]
public class ProviderShutdownTests
{
    private const int NotInTime = 1010;

    private readonly TelemetryHealth _health = new();

    [Fact]
    public void What_enters_while_it_delivers_is_not_taken_for_undelivered()
    {
        var lane = _health.Open(Signal.Traces, "otlp", capacity: 10);
        Assert.True(lane.TryEnter());
        Assert.DoesNotContain(NotInTime, Flush(() => { lane.TryEnter(); lane.Leave(1); }));
    }

    [Fact]
    public void What_was_there_before_and_stays_is_told()
    {
        var lane = _health.Open(Signal.Traces, "otlp", capacity: 10);
        Assert.True(lane.TryEnter());
        Assert.Contains(NotInTime, Flush(() => { }));
    }

    private IReadOnlyCollection<int> Flush(Action meanwhile)
    {
        using var raised = new RaisedDiagnostics();
        using var tracers = Sdk.CreateTracerProviderBuilder().AddProcessor(new Delivery(meanwhile)).Build();
        new ProviderShutdown(tracers, meters: null, loggers: null, _health, Timeout.InfiniteTimeSpan).Flush();
        return raised.Ids;
    }

    private sealed class Delivery(Action deliver) : BaseProcessor<Activity>
    {
        protected override bool OnForceFlush(int timeoutMilliseconds)
        {
            deliver();
            return true;
        }
    }
}
