using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

public class LineShapeTests
{
    [Fact]
    public void The_first_six_fields_are_the_ones_of_the_specification_in_their_order()
    {
        using var output = new LogOutput();
        using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        output.Logger.LogInformation(new EventId(7, "Paid"), "Request {Id} processed", 42);
        var line = output.One();
        Assert.Equal(
            ["timestamp", "level", "message", "service", "trace_id", "span_id", "trace_flags", "category", "event_id", "Id"],
            line.EnumerateObject().Select(property => property.Name));
        Assert.Equal("info", line.GetProperty("level").GetString());
        Assert.Equal("Request 42 processed", line.GetProperty("message").GetString());
        Assert.Equal("api", line.GetProperty("service").GetString());
        Assert.Equal(activity.TraceId.ToHexString(), line.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), line.GetProperty("span_id").GetString());
        Assert.Equal("00", line.GetProperty("trace_flags").GetString());
        Assert.Equal("Shop.Orders", line.GetProperty("category").GetString());
        Assert.Equal(7, line.GetProperty("event_id").GetInt32());
        Assert.Equal(42, line.GetProperty("Id").GetInt32());
    }

    [Fact]
    public void Without_a_span_the_ids_are_absent()
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("hello");
        Assert.Equal(["timestamp", "level", "message", "service", "category"], output.One().EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void Without_a_span_the_ids_are_empty_when_asked_for()
    {
        using var output = new LogOutput(options => options.EmptyIdsWithoutSpan = true);
        output.Logger.LogInformation("hello");
        var line = output.One();
        Assert.Equal("", line.GetProperty("trace_id").GetString());
        Assert.Equal("", line.GetProperty("span_id").GetString());
    }

    [Theory]
    [InlineData(LogLevel.Trace, "trace")]
    [InlineData(LogLevel.Debug, "debug")]
    [InlineData(LogLevel.Information, "info")]
    [InlineData(LogLevel.Warning, "warn")]
    [InlineData(LogLevel.Error, "error")]
    [InlineData(LogLevel.Critical, "fatal")]
    public void Levels_have_the_specifications_names(LogLevel level, string name)
    {
        using var output = new LogOutput();
        output.Logger.Log(level, "hello");
        Assert.Equal(name, output.One().GetProperty("level").GetString());
    }

    [Theory]
    [InlineData("2024-01-01T00:00:00.0000000Z", "2024-01-01T00:00:00.000000Z")]
    [InlineData("1999-12-31T23:59:59.9999999Z", "1999-12-31T23:59:59.999999Z")]
    [InlineData("2026-02-03T04:05:06.0070080Z", "2026-02-03T04:05:06.007008Z")]
    public void The_timestamp_is_in_UTC_and_always_has_its_fraction(string now, string written)
    {
        using var output = new LogOutput(time: new FixedTime(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));
        output.Logger.LogInformation("hello");
        Assert.Equal(written, output.One().GetProperty("timestamp").GetString());
    }

    [Fact]
    public void An_exception_has_type_message_stack_inner_and_the_siblings_of_an_aggregate()
    {
        using var output = new LogOutput();
        var thrown = Assert.Throws<AggregateException>(() => Fail());
        output.Logger.LogError(thrown, "failed");
        var exception = output.One().GetProperty("exception");
        Assert.Equal("System.AggregateException", exception.GetProperty("type").GetString());
        Assert.Contains("two things", exception.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains(nameof(Fail), exception.GetProperty("stacktrace").GetString(), StringComparison.Ordinal);
        Assert.Equal("first", exception.GetProperty("inner").GetProperty("message").GetString());
        Assert.Equal("root", exception.GetProperty("inner").GetProperty("inner").GetProperty("message").GetString());
        Assert.Equal("second", Assert.Single(exception.GetProperty("siblings").EnumerateArray()).GetProperty("message").GetString());

        static void Fail() => throw new AggregateException("two things", new InvalidOperationException("first", new IOException("root")), new ArgumentException("second"));
    }

    [Fact]
    public void A_stack_that_was_seen_before_is_written_as_the_exception_gives_it()
    {
        using var output = new LogOutput();
        var stacks = new List<string?>();
        for (var i = 0; i < 6; i++)
        {
            try
            {
                Deep(i % 3);
            }
            catch (InvalidOperationException thrown)
            {
                stacks.Add(thrown.StackTrace);
                output.Logger.LogError(thrown, "failed");
            }
        }
        Assert.Equal(stacks, output.Json().Select(line => line.GetProperty("exception").GetProperty("stacktrace").GetString()));

        static void Deep(int depth)
        {
            if (depth == 0) throw new InvalidOperationException("deep");
            Deep(depth - 1);
        }
    }

    [Fact]
    public void Scopes_become_attributes_and_the_innermost_wins()
    {
        using var output = new LogOutput();
        using (output.Logger.BeginScope(new Dictionary<string, object?> { ["A"] = 1, ["B"] = 1, ["C"] = 1 }))
        using (output.Logger.BeginScope("Inner {B}", 2))
        using (output.Logger.BeginScope("text alone"))
            output.Logger.LogInformation("hello {C}", 3);
        var line = output.One();
        Assert.Equal(1, line.GetProperty("A").GetInt32());
        Assert.Equal(2, line.GetProperty("B").GetInt32());
        Assert.Equal(3, line.GetProperty("C").GetInt32());
        Assert.Equal("text alone", line.GetProperty("scope").GetString());
    }

    [Fact]
    public void A_name_that_the_line_uses_itself_is_moved_aside()
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("{level} {message} {timestamp} {exception}", "mine", "mine", "mine", "mine");
        var line = output.One();
        Assert.Equal("info", line.GetProperty("level").GetString());
        Assert.All(["level", "message", "timestamp", "exception"], name => Assert.Equal("mine", line.GetProperty("attr." + name).GetString()));
    }

    [Fact]
    public void A_line_longer_than_the_most_is_cut_says_so_and_stays_valid()
    {
        using var output = new LogOutput();
        var long1 = new string('é', 50_000);
        output.Logger.LogError(new InvalidOperationException(long1, new IOException(long1)), "{Text} {More} {Number}", long1, long1 + "\"", 5);
        var text = Assert.Single(output.Lines());
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(text) + 1, 8_000, 16_383);
        var line = LogOutput.Parse(text);
        Assert.True(line.GetProperty("truncated").GetBoolean());
        Assert.Equal("System.InvalidOperationException", line.GetProperty("exception").GetProperty("type").GetString());
        Assert.Equal(1, output.Provider.Health.TruncatedLines);
    }

    [Fact]
    public void Every_length_around_the_limit_is_whole_or_marked()
    {
        using var output = new LogOutput(options => options.MaxLineBytes = 4_096);
        for (var length = 1_500; length < 4_500; length += 7) output.Logger.LogInformation("x {Value} {Next}", new string('"', length % 5) + new string('a', length), length);
        foreach (var line in output.Lines())
        {
            Assert.InRange(line.Length + 1, 1, 4_096);
            var json = LogOutput.Parse(line);
            var whole = json.TryGetProperty("Value", out var value) && json.TryGetProperty("Next", out var next) && value.GetString()!.TrimStart('"').Length == next.GetInt32();
            Assert.True(json.TryGetProperty("truncated", out _) || whole, line[^100..]);
        }
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
