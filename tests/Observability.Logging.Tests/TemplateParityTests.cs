using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

/// <summary>The message is the one that Microsoft.Extensions.Logging's own formatter renders.</summary>
public class TemplateParityTests
{
    private static readonly string[] s_literals = ["", " ", "plain", "{{", "}}", "\"quoted\"", "\\", "é€😀", "a\nb", "{{x}}", "100%", "\u2028"];
    private static readonly string[] s_formats = ["", "", "", ":N2", ":X8", ":000", ",10", ",-12", ",8:N1", ":yyyy-MM-dd HH:mm", ":O", ":D", ":G"];
    private static readonly object?[] s_values =
    [
        1, -1, 0, int.MinValue, 123456789012L, 1.5, -0.25, double.NaN, 1e100, 3.14f, 12.50m, true, false, 'c', null, "", "text", "with \"quotes\" and \n", "\ud83d\ude00",
        DayOfWeek.Monday, new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc), new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(1)), TimeSpan.FromMinutes(90),
        new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), new[] { 1, 2, 3 }, new object?[] { "a", null, 1.5 }, new List<string> { "x" }, new Dictionary<string, int> { ["k"] = 1 },
        new Uri("http://a/b"), new Version(1, 2), byte.MaxValue, (short)-3, ulong.MaxValue, new DateOnly(2024, 1, 2),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_generated_template_renders_as_its_own_formatter_does(int seed)
    {
        var random = new Random(seed);
        using var output = new LogOutput(options => options.MaxQueueBytes = 64 << 20);
        var recorder = new Recorder();
        for (var i = 0; i < 3_000; i++)
        {
            var (template, arguments) = Generate(random);
            try
            {
                recorder.LogInformation(template, arguments);
            }
            catch (FormatException)
            {
                // What its own formatter refuses reaches no provider, or has no text to compare with.
                continue;
            }
            output.Logger.LogInformation(template, arguments);
        }
        var actual = output.Json().Select(line => line.GetProperty("message").GetString()!).ToList();
        Assert.True(recorder.Messages.Count > 1_500);
        Assert.Equal(recorder.Messages, actual);
    }

    [Theory]
    [InlineData("{{x}}")]
    [InlineData("no holes")]
    [InlineData("{0} and {1}")]
    [InlineData("{a}{a}")]
    [InlineData("{ spaced }")]
    [InlineData("}}{a}{{")]
    public void An_odd_template_renders_as_its_own_formatter_does(string template)
    {
        object?[] arguments = template.Contains("}}{", StringComparison.Ordinal) || !template.Contains('{', StringComparison.Ordinal) ? [1] : template.StartsWith("{{", StringComparison.Ordinal) ? [] : [1, 2];
        using var output = new LogOutput();
        var recorder = new Recorder();
        recorder.LogInformation(template, arguments);
        output.Logger.LogInformation(template, arguments);
        Assert.Equal(recorder.Messages.Single(), output.One().GetProperty("message").GetString());
    }

    [Fact]
    public void A_LoggerMessage_delegate_renders_as_its_own_formatter_does()
    {
        using var output = new LogOutput();
        var recorder = new Recorder();
        var six = LoggerMessage.Define<int, string?, double, DateTime, DayOfWeek, int?>(LogLevel.Warning, new EventId(1), "{A} {B,6} {C:N1} {D:O} {E} {F}");
        var two = LoggerMessage.Define<Guid, int[]>(LogLevel.Warning, new EventId(1), "{A:N} {B}");
        var aligned = LoggerMessage.Define<int, double?, bool, char, DateOnly, float>(LogLevel.Warning, new EventId(1), "{A,5}|{B,-8:N1}|{C,7}|{D,3}|{E,12:O}|{F,-6}");
        var plain = LoggerMessage.Define<char, TimeOnly, DateOnly, float, Half, ushort>(LogLevel.Warning, new EventId(1), "{A} {B} {C} {D} {E} {F:X}");
        foreach (var logger in new ILogger[] { recorder, output.Logger })
        {
            aligned(logger, 1, 2.25, true, '"', new DateOnly(2024, 1, 2), 1.5f, null);
            aligned(logger, -123456, null, false, 'é', DateOnly.MinValue, float.NegativeInfinity, null);
            plain(logger, '\n', new TimeOnly(1, 2, 3), new DateOnly(2024, 1, 2), -0.1f, (Half)0.5, 255, null);
            plain(logger, '\u2028', TimeOnly.MaxValue, DateOnly.MaxValue, float.NaN, Half.NegativeInfinity, 0, null);
            six(logger, 1, "x", 2.25, DateTime.UnixEpoch, DayOfWeek.Sunday, null, null);
            six(logger, -1, null, double.NaN, DateTime.UnixEpoch, (DayOfWeek)9, 5, null);
            two(logger, Guid.Empty, [1, 2], null);
        }
        Assert.Equal(recorder.Messages, output.Json().Select(line => line.GetProperty("message").GetString()!));
    }

    private static (string Template, object?[] Arguments) Generate(Random random)
    {
        var holes = random.Next(0, 7);
        var template = s_literals[random.Next(s_literals.Length)];
        var arguments = new object?[holes];
        for (var i = 0; i < holes; i++)
        {
            template += "{V" + i + s_formats[random.Next(s_formats.Length)] + "}" + s_literals[random.Next(s_literals.Length)];
            arguments[i] = s_values[random.Next(s_values.Length)];
        }
        return (template, arguments);
    }
}
