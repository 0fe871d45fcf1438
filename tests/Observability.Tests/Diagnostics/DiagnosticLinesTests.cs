using System.Diagnostics.Tracing;
using System.Globalization;
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

    [Theory]
    [InlineData("a file of the folder /var/lib/applications/shop/releases/current/settings/certificates/{0} cannot be read", "client.pem", "client.key")]
    [InlineData("entry 2 of the variable {0} is no header", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_LOGS_HEADERS")]
    [InlineData("10 of 20 items could not be exported: {0}", "connection refused", "no such host")]
    [InlineData("the propagator '{0}' is not known", "b4", "b5")]
    public void Messages_that_differ_in_their_words_are_each_told_wherever_they_differ(string format, string one, string other)
    {
        using (var diagnostics = new DiagnosticLines(_time))
        {
            foreach (var word in new[] { one, other, one })
                diagnostics.Offer(new DiagnosticEvent(1007, EventLevel.Warning, "OBS1007: " + string.Format(CultureInfo.InvariantCulture, format, word)));
            diagnostics.WriteTo(_lines);
        }
        Assert.Equal([one, other], _lines.Messages.Select(message => message.Contains(one, StringComparison.Ordinal) ? one : other));
    }

    [Fact]
    public void Messages_that_differ_in_their_numbers_are_of_one_kind()
    {
        using (var diagnostics = new DiagnosticLines(_time))
        {
            for (var i = 8; i < 12; i++) diagnostics.Offer(new DiagnosticEvent(1002, EventLevel.Warning, $"OBS1002: {i} of {i * 100} items waited {i}ms for collector:{i}"));
            diagnostics.WriteTo(_lines);
        }
        Assert.Single(_lines.Messages);
    }

    [Theory]
    [InlineData("Received an invalid status line: '4\u0018u??\u001f'.", "Received an invalid status line: '??9m\u0012=tE'.")]
    [InlineData("Received an invalid status line: 'SSH?2'.", "Received an invalid status line: 'a?c\rd'.")]
    [InlineData("Connection refused (collector:4317)\n ---> System.Net.Sockets.SocketException\n   at Connect()", "Connection refused (collector:4317)\n   at Send()\n   at Connect()")]
    public void What_a_peer_sent_and_how_a_fault_came_about_make_no_kind(string one, string other)
    {
        using (var diagnostics = new DiagnosticLines(_time))
        {
            foreach (var fault in new[] { one, other }) diagnostics.Offer(new DiagnosticEvent(1001, EventLevel.Error, "OBS1001: 5 items could not be exported: " + fault));
            diagnostics.WriteTo(_lines);
        }
        Assert.Single(_lines.Messages);
    }

    [Fact]
    public void An_id_with_something_new_in_each_message_is_kept_quiet_in_the_end_and_hides_no_other()
    {
        using (var diagnostics = new DiagnosticLines(_time))
        {
            diagnostics.Offer(new DiagnosticEvent(1009, EventLevel.Warning, "OBS1009: the first"));
            for (var i = 0; i < 10_000; i++) diagnostics.Offer(new DiagnosticEvent(1009, EventLevel.Warning, "OBS1009: request q" + i));
            diagnostics.Offer(new DiagnosticEvent(1002, EventLevel.Warning, "OBS1002: the queue is full"));
            _time.Advance(TimeSpan.FromSeconds(61));
            diagnostics.Offer(new DiagnosticEvent(1009, EventLevel.Warning, "OBS1009: the first"));
            diagnostics.Offer(new DiagnosticEvent(1009, EventLevel.Warning, "OBS1009: something else"));
            diagnostics.WriteTo(_lines);
        }
        Assert.InRange(_lines.Messages.Count, 4, 200);
        Assert.Equal("OBS1002: the queue is full", _lines.Messages[^3]);
        Assert.Equal("OBS1009: the first", _lines.Messages[^2]);
        Assert.StartsWith("OBS1009: something else (", _lines.Messages[^1], StringComparison.Ordinal);
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
