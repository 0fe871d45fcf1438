using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

/// <summary>The structures that the generator of <c>[LoggerMessage]</c> makes for more parameters than six and for levels given at the call.</summary>
public partial class GeneratedStateTests
{
    [Fact]
    public void The_message_is_the_one_that_the_generated_formatter_renders()
    {
        var recorder = new Recorder();
        using var output = new LogOutput();
        foreach (var logger in new ILogger[] { recorder, output.Logger })
        {
            Numbers(logger, 1, -2, 0.125, 12.50m, long.MinValue, byte.MaxValue, 3.14f, 'c', ulong.MaxValue);
            Numbers(logger, 99_999, 100_000, double.NaN, 0m, 0, 0, float.PositiveInfinity, '"', 0);
            Formats(logger, 1234.5, 255, DateTime.UnixEpoch, TimeSpan.FromHours(30), null, DayOfWeek.Friday, new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
            Formats(logger, -1, 0, DateTime.MaxValue, TimeSpan.MinValue, 7, (DayOfWeek)12, Guid.Empty);
            Objects(logger, "text \"quoted\"\n", null, new Uri("http://a/b"), new[] { 1, 2 }, null, new Version(1, 2), DateTimeOffset.UnixEpoch);
            Lists(logger, [1, 2], null, "three", 4, 5, 6, 7);
            Twice(logger, LogLevel.Warning, 1, "b", 3);
            Braces(logger, LogLevel.Warning, 5);
        }
        Assert.Equal(recorder.Messages, output.Json().Select(line => line.GetProperty("message").GetString()!));
    }

    [Fact]
    public void Every_parameter_is_an_attribute_also_one_that_the_template_does_not_name()
    {
        using var output = new LogOutput();
        Twice(output.Logger, LogLevel.Error, 1, "b", 3);
        var line = output.One();
        Assert.Equal("error", line.GetProperty("level").GetString());
        Assert.Equal("1 1 b", line.GetProperty("message").GetString());
        Assert.Equal((1, "b", 3), (line.GetProperty("First").GetInt32(), line.GetProperty("B").GetString(), line.GetProperty("other").GetInt32()));
    }

    [Fact]
    public void A_parameter_that_the_template_does_not_name_is_hidden_when_it_asks_for_it()
    {
        using var output = new LogOutput();
        Secret(output.Logger, LogLevel.Error, 1, "hunter2");
        SecretOfDefine(output.Logger, LogLevel.Error, "hunter3", "x");
        Assert.Equal(["***", "***"], output.Json().Select(line => line.GetProperty("word").GetString()!));
        Assert.DoesNotContain("hunter", output.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_whose_text_throws_is_named_in_its_place()
    {
        using var output = new LogOutput();
        Objects(output.Logger, "a", new Throwing(), "c", "d", "e", "f", "g");
        var line = output.One();
        Assert.Contains(nameof(Throwing) + " threw", line.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("a|", line.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_does_not_depend_on_the_callers_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = other;
            using var output = new LogOutput();
            Formats(output.Logger, 1234.5, 255, DateTime.UnixEpoch, TimeSpan.Zero, null, DayOfWeek.Friday, Guid.Empty);
            Assert.StartsWith("1,234.50|", output.One().GetProperty("message").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{A} {B} {C} {D} {E} {F} {G} {H} {I}")]
    private static partial void Numbers(ILogger logger, int a, int b, double c, decimal d, long e, byte f, float g, char h, ulong i);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "{A:N2}|{B:X8}|{C:O}|{D}|{E,6}|{F,-10}|{G:N}")]
    private static partial void Formats(ILogger logger, double a, int b, DateTime c, TimeSpan d, int? e, DayOfWeek f, Guid g);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "{A}|{B}|{C}|{D}|{E,4}|{F}|{G}")]
    private static partial void Objects(ILogger logger, string a, object? b, object c, object d, string? e, object f, object g);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "{A} {B} {C} {D} {E} {F} {G}")]
    private static partial void Lists(ILogger logger, int[] a, List<string>? b, string c, int d, int e, int f, int g);

    [LoggerMessage(EventId = 5, Message = "{First} {First} {B}")]
    private static partial void Twice(ILogger logger, LogLevel level, int first, string b, int other);

    [LoggerMessage(EventId = 6, Message = "{{x}} {A} {{{A}}}")]
    private static partial void Braces(ILogger logger, LogLevel level, int a);

    [LoggerMessage(EventId = 7, Message = "secret {A}")]
    private static partial void Secret(ILogger logger, LogLevel level, int a, [Redacted] string word);

    [LoggerMessage(EventId = 8, Message = "secret of {List}")]
    private static partial void SecretOfDefine(ILogger logger, LogLevel level, [Redacted] string word, IEnumerable<char> list);

    private sealed class Throwing
    {
        public override string ToString() => throw new InvalidOperationException();
    }
}
