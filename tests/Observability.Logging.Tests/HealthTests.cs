using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

public class HealthTests
{
    [Fact]
    // Other tests of this assembly run beside: the figures are at least this one's.
    public void The_meter_tells_lines_bytes_drops_truncation_and_failures()
    {
        var figures = new Dictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, it) => { if (instrument.Meter.Name == "Observability.Logging") it.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (figures) figures[instrument.Name] = figures.GetValueOrDefault(instrument.Name) + value;
        });
        listener.Start();
        using var output = new LogOutput();
        output.Logger.LogInformation("{Text}", new string('x', 50_000));
        _ = output.Lines();
        listener.RecordObservableInstruments();
        string[] names = ["lines", "bytes", "dropped", "truncated", "failures", "lost", "suppressed", "queue"];
        Assert.All(names, name => Assert.Contains("observability.logging." + name, figures.Keys));
        Assert.True(figures["observability.logging.lines"] >= 1 && figures["observability.logging.truncated"] >= 1);
    }

    [Fact]
    public void Events_begin_with_their_id_and_do_not_feed_themselves()
    {
        Assert.All(EventSource.GenerateManifest(typeof(LoggingEventSource), "x", EventManifestOptions.AllCultures)!.Split("OBS2").Skip(1), text => Assert.Matches("^00[0-9]: ", text));
        using var output = new LogOutput();
        using var listener = new BackIntoTheLog(output.Factory.CreateLogger(LoggingHealth.DiagnosticsCategory));
        for (var i = 0; i < 1_000; i++) output.Logger.LogInformation("{Value}", new Throwing());
        var diagnostics = output.Json().Count(line => line.GetProperty("category").GetString() == LoggingHealth.DiagnosticsCategory);
        Assert.InRange(diagnostics, 1, 50);
    }

    private sealed class Throwing
    {
        public override string ToString() => throw new NotSupportedException();
    }

    /// <summary>Logs each event of the logger by the logger, a value that throws included: the worst that a listener can do.</summary>
    private sealed class BackIntoTheLog(ILogger logger) : EventListener
    {
        private ILogger? Logger { get; } = logger;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Observability-Logging") EnableEvents(eventSource, EventLevel.LogAlways);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => Logger?.LogWarning("{Id} {Value}", eventData.EventId, new Throwing());
    }
}
