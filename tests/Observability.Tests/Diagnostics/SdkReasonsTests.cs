using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;
using Observability.Diagnostics;
using Observability.Export;
using OpenTelemetry;

namespace Observability.Tests.Diagnostics;

public class SdkReasonsTests
{
    [Fact]
    public void An_exporter_is_listened_to_from_the_first_failure_on_that_nothing_explains()
    {
        using var exporter = new FakeExporterSource();
        var written = new WrittenLines();
        using (var lines = new DiagnosticLines(TimeProvider.System))
        {
            lines.WriteTo(written);
            var health = new TelemetryHealth();
            using var diagnostics = new SelfDiagnostics(health, lines);
            var lane = health.Open(Signal.Traces, "fake", capacity: 1);
            foreach (var fault in new[] { "the batch was too large", "the batch was larger still" })
            {
                exporter.Failed(fault);
                lane.Finish(ExportResult.Failure, 1);
            }
            lane.Explain("the collector is closed");
            lane.Finish(ExportResult.Failure, 1);
        }
        var told = written.Messages.Where(message => message.Contains("over fake:", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, told.Length);
        Assert.Contains("no request was made", told[0], StringComparison.Ordinal);
        Assert.Contains("the batch was larger still", told[1], StringComparison.Ordinal);
        Assert.Contains("the collector is closed", told[2], StringComparison.Ordinal);
    }

    [EventSource(Name = "OpenTelemetry-Exporter-Fake")]
    private sealed class FakeExporterSource : EventSource
    {
        [Event(1, Message = "{0}", Level = EventLevel.Error)]
        public void Failed(string why) => WriteEvent(1, why);
    }

    private sealed class WrittenLines : ILogger
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Messages) Messages.Add(formatter(state, exception));
        }
    }
}
