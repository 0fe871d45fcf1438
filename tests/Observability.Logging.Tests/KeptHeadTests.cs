using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

/// <summary>Lines of one text, whose head is kept: each must be the one that a logger would write which sees the text for the first time.</summary>
public partial class KeptHeadTests
{
    private const string Text = "the \"order\" was {not} taken \u20AC";
    private static readonly InvalidOperationException s_exception = new("failed");

    [Theory]
    [InlineData(LineProfile.Default)]
    [InlineData(LineProfile.Ecs)]
    [InlineData(LineProfile.OpenTelemetry)]
    [InlineData(LineProfile.GoogleCloud)]
    [InlineData(LineProfile.Datadog)]
    public void A_text_that_comes_again_makes_the_line_of_the_first_time(LineProfile profile)
    {
        using var source = new ActivitySource(nameof(KeptHeadTests) + profile);
        using var listener = Listener(source.Name);
        using var warm = new LogOutput(options => options.Profile = profile);
        var first = new List<string>();
        for (var round = 0; round < 4; round++)
        {
            foreach (var call in Calls(source))
            {
                call(warm.Logger);
                using var cold = new LogOutput(options => options.Profile = profile);
                call(cold.Logger);
                first.AddRange(cold.Lines().Select(WithoutTime));
            }
        }
        Assert.Equal(first, warm.Lines().Select(WithoutTime));
    }

    [Fact]
    public void A_line_of_a_kept_head_has_its_own_time_and_span()
    {
        using var output = new LogOutput();
        for (var i = 0; i < 5; i++)
        {
            using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
            var before = DateTimeOffset.UtcNow;
            output.Logger.LogInformation(Text);
            var after = DateTimeOffset.UtcNow;
            var line = output.Json()[^1];
            Assert.Equal(activity.TraceId.ToHexString(), line.GetProperty("trace_id").GetString());
            Assert.Equal(activity.SpanId.ToHexString(), line.GetProperty("span_id").GetString());
            var time = DateTimeOffset.Parse(line.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture);
            Assert.InRange(time, before.AddTicks(-TimeSpan.TicksPerMicrosecond), after);
        }
    }

    [Fact]
    public void Patterns_hide_in_a_text_each_time()
    {
        using var output = new LogOutput(options => options.Redaction.Patterns = ["[0-9]{16}"]);
        for (var i = 0; i < 4; i++) output.Logger.LogInformation("card 4111111111111111");
        Assert.All(output.Json(), static line => Assert.Equal("card ***", line.GetProperty("message").GetString()));
    }

    [Fact]
    public void A_text_that_is_too_long_is_cut_each_time()
    {
        using var output = new LogOutput(options => options.MaxLineBytes = 4_096);
        var text = new string('x', 3_000);
        for (var i = 0; i < 4; i++) output.Logger.LogInformation(text);
        Assert.All(output.Json(), static line => Assert.True(line.GetProperty("truncated").GetBoolean()));
        Assert.Single(output.Lines().Select(WithoutTime).Distinct());
    }

    [Fact]
    public void More_texts_than_there_is_room_for_are_all_written()
    {
        using var output = new LogOutput();
        var texts = Enumerable.Range(0, 1_000).Select(i => $"text {i}").ToArray();
        for (var round = 0; round < 3; round++)
            foreach (var text in texts) output.Logger.LogInformation(text);
        Assert.Equal(Enumerable.Repeat(texts, 3).SelectMany(static round => round), output.Json().Select(static line => line.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Threads_that_write_one_text_at_once_write_it_whole()
    {
        // Enough to fill a dozen blocks of the queue.
        const int Each = 5_000;
        using var output = new LogOutput(static options => options.WhenFull = FullQueue.Wait);
        var threads = Enumerable.Range(0, 4).Select(i => Task.Run(() =>
        {
            using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
            for (var n = 0; n < Each; n++) output.Logger.LogInformation(Text);
            return activity.SpanId.ToHexString();
        }));
        var spans = await Task.WhenAll(threads);
        var counts = output.Json().GroupBy(static line => line.GetProperty("span_id").GetString()!).ToDictionary(static lines => lines.Key, Enumerable.Count);
        Assert.Equal(spans.ToDictionary(static span => span, static _ => Each), counts);
    }

    /// <summary>One text in all the ways that change what stands before or after it.</summary>
    private static IEnumerable<Action<ILogger>> Calls(ActivitySource source)
    {
        yield return static logger => logger.LogInformation(Text);
        yield return static logger => logger.LogWarning(Text);
        yield return static logger => logger.LogInformation(7, Text);
        yield return static logger => logger.LogInformation(s_exception, Text);
        yield return static logger =>
        {
            using (logger.BeginScope("{Order}", 5)) logger.LogInformation(Text);
        };
        foreach (var name in (string[])["recorded", "unrecorded"])
        {
            using var activity = source.StartActivity(name);
            Activity.Current = null;
            yield return logger =>
            {
                Activity.Current = activity;
                logger.LogInformation(Text);
                Activity.Current = null;
            };
        }
    }

    private static ActivityListener Listener(string source)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = asked => asked.Name == source,
            Sample = static (ref options) => options.Name == "recorded" ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static string WithoutTime(string line) => Time().Replace(line, "", 1);

    [GeneratedRegex("[0-9-]{10}T[0-9:.]{15}Z")]
    private static partial Regex Time();
}
