using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;
using Observability.Diagnostics;

namespace Observability.Tests.Diagnostics;

public class DiagnosticLinesTests
{
    private readonly ManualTime _time = new();
    private readonly Lines _lines = new();

    [Fact]
    public void The_first_is_written_then_one_a_minute_that_counts_the_rest()
    {
        using (var diagnostics = new DiagnosticLines(_time))
        {
            for (var i = 0; i < 5; i++) diagnostics.Offer(new DiagnosticEvent(1001, EventLevel.Error, $"OBS1001: {i} items"));
            _time.Advance(TimeSpan.FromSeconds(61));
            diagnostics.Offer(new DiagnosticEvent(1001, EventLevel.Error, "OBS1001: 9 items"));
            diagnostics.WriteTo(_lines);
        }
        Assert.Equal(["OBS1001: 0 items", "OBS1001: 9 items (4 more of this kind since the last line)"], _lines.Messages);
    }

    [Fact]
    public void One_id_about_two_subjects_is_told_for_each()
    {
        using (var diagnostics = new DiagnosticLines(_time))
        {
            diagnostics.Offer(new DiagnosticEvent(1002, EventLevel.Warning, "OBS1002: the traces queue is full (2048)"));
            diagnostics.Offer(new DiagnosticEvent(1002, EventLevel.Warning, "OBS1002: the logs queue is full (2048)"));
            diagnostics.WriteTo(_lines);
        }
        Assert.Equal(2, _lines.Messages.Count);
    }

    [Fact]
    public void A_number_in_front_does_not_hide_the_subject()
    {
        using (var diagnostics = new DiagnosticLines(_time))
        {
            foreach (var signal in new[] { "traces", "metrics", "traces", "logs" })
                diagnostics.Offer(new DiagnosticEvent(1001, EventLevel.Error, $"OBS1001: {signal.Length} items of {signal} could not be exported"));
            diagnostics.WriteTo(_lines);
        }
        Assert.Equal(3, _lines.Messages.Count);
    }

    [Fact]
    public void A_drain_ends_when_what_was_offered_is_written()
    {
        using var diagnostics = new DiagnosticLines(_time);
        diagnostics.WriteTo(_lines);
        for (var i = 0; i < 3; i++)
        {
            diagnostics.Offer(new DiagnosticEvent(1000 + i, EventLevel.Warning, $"OBS{1000 + i}: a"));
            diagnostics.Drain();
            Assert.Equal(i + 1, _lines.Messages.Count);
        }
    }

    [Fact]
    public void A_log_that_hangs_does_not_hold_the_end()
    {
        using var released = new ManualResetEventSlim();
        _lines.Hangs = released;
        using (var diagnostics = new DiagnosticLines(_time))
        {
            diagnostics.WriteTo(_lines);
            diagnostics.Offer(new DiagnosticEvent(1002, EventLevel.Warning, "OBS1002: a"));
        }
        Assert.Empty(_lines.Messages);
        released.Set();
    }

    [Fact]
    public void A_log_that_throws_stops_nothing()
    {
        _lines.Throws = true;
        using (var diagnostics = new DiagnosticLines(_time))
        {
            diagnostics.WriteTo(_lines);
            diagnostics.Offer(new DiagnosticEvent(1002, EventLevel.Warning, "OBS1002: a"));
            diagnostics.Offer(new DiagnosticEvent(1003, EventLevel.Warning, "OBS1003: b"));
        }
        Assert.Equal(2, _lines.Messages.Count);
    }

    private sealed class Lines : ILogger
    {
        public List<string> Messages { get; } = [];

        public bool Throws { get; set; }

        public ManualResetEventSlim? Hangs { get; set; }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Hangs?.Wait();
            Messages.Add(formatter(state, exception));
            if (Throws) throw new IOException("stdout is gone");
        }
    }
}
