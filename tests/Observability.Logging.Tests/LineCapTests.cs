using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

/// <summary>No line is longer than the most, whatever it is made of; what is left out is marked.</summary>
public class LineCapTests
{
    [Theory]
    [InlineData(20_000, "L")]
    [InlineData(300_000, "L")]
    [InlineData(20_000, "é\"\u2028😀\n")]
    [InlineData(8_049, "\u0001")]
    public void The_text_of_a_template_is_cut(int length, string part)
    {
        using var output = new LogOutput();
        var literal = string.Concat(Enumerable.Repeat(part, length / part.Length));
        var (before, after) = (literal + " {A}", "{A} " + literal);
        output.Logger.LogInformation(before, 1);
        output.Logger.LogInformation(after, 1);
        output.Logger.Log(LogLevel.Information, 0, new List<KeyValuePair<string, object?>> { new("password", 1), new("{OriginalFormat}", "{password} " + literal) }, null, (_, _) => "");
        AssertCut(output, 3, 16_383);
        Assert.All(output.Json(), line => Assert.Equal("", line.GetProperty("message").GetString()!.Replace(part, "", StringComparison.Ordinal).Trim([' ', '1', '*', .. part])));
    }

    [Fact]
    public void Masks_are_cut()
    {
        using var output = new LogOutput(options =>
        {
            options.MaxLineBytes = 4_096;
            options.Redaction.Replacement = new string('*', 256);
        });
        var template = string.Join(' ', Enumerable.Range(0, 30).Select(i => "{p" + i + "_password}"));
        output.Logger.LogInformation(template, Enumerable.Range(0, 30).Cast<object>().ToArray());
        output.Logger.LogInformation("{Value}", Enumerable.Range(0, 30).ToDictionary(i => i + "_password"));
        AssertCut(output, 2, 4_096);
    }

    [Fact]
    public void So_many_short_values_that_they_do_not_fit_are_cut()
    {
        using var output = new LogOutput(options => options.MaxLineBytes = 4_096);
        var template = string.Concat(Enumerable.Range(0, 2_000).Select(i => "{p" + i + "}"));
        output.Logger.LogInformation(template, Enumerable.Repeat<object>(int.MinValue, 2_000).ToArray());
        output.Logger.LogInformation(template, Enumerable.Repeat<object?>(null, 2_000).ToArray());
        AssertCut(output, 2, 4_096);
    }

    [Fact]
    public void A_longest_line_that_a_reload_raises_stays_the_one_of_the_start()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        var sink = new MemorySink();
        JsonLinesLoggerProvider provider = null!;
        using var services = new ServiceCollection().AddLogging(logging =>
        {
            logging.AddConfiguration(configuration).AddJsonLines(options => options.Rendering = LineRendering.Json);
            logging.Services.Remove(logging.Services.First(service => service.ServiceType == typeof(ILoggerProvider)));
            logging.Services.AddSingleton<ILoggerProvider>(all => provider = new JsonLinesLoggerProvider(all.GetRequiredService<LiveOptions>(), TimeProvider.System, (_, _) => sink));
        }).BuildServiceProvider();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        configuration["JsonLines:MaxLineBytes"] = "1000000";
        configuration["JsonLines:MaxItems"] = "3";
        configuration.Reload();
        Assert.Equal(3, provider.Plan.MaxItems);
        logger.LogInformation("{Text}", new string('x', 900_000));
        Assert.True(provider.Flush(10_000));
        Assert.InRange(Assert.Single(sink.ToArray().AsLines()).Length, 8_000, 16_382);
        Assert.Equal(0, provider.Queue.Dropped.Total);
    }

    [Fact]
    public void The_innermost_of_too_many_scopes_are_kept_and_the_line_says_that_some_are_missing()
    {
        using var output = new LogOutput();
        var scopes = Enumerable.Range(0, 70).Select(i => output.Logger.BeginScope(new KeyValuePair<string, object?>("s" + i, i))).ToArray();
        output.Logger.LogInformation("hello");
        foreach (var scope in scopes[63..].Reverse()) scope!.Dispose();
        output.Logger.LogInformation("hello");
        foreach (var scope in scopes[..63].Reverse()) scope!.Dispose();
        var (all, few) = (output.Json()[0], output.Json()[1]);
        Assert.Equal(Enumerable.Range(6, 64).Reverse(), all.EnumerateObject().Where(item => item.Name[0] == 's' && char.IsDigit(item.Name[^1])).Select(item => item.Value.GetInt32()));
        Assert.True(all.GetProperty("truncated").GetBoolean());
        Assert.Equal(62, few.GetProperty("s62").GetInt32());
        Assert.False(few.TryGetProperty("truncated", out _));
    }

    [Fact]
    public void The_texts_of_scopes_are_cut()
    {
        using var output = new LogOutput(options => options.MaxLineBytes = 4_096);
        var scopes = Enumerable.Range(0, 60).Select(_ => output.Logger.BeginScope(new string('x', 3_000))).ToArray();
        output.Logger.LogInformation("hello");
        foreach (var scope in scopes.Reverse()) scope!.Dispose();
        AssertCut(output, 1, 4_096);
    }

    private static void AssertCut(LogOutput output, int lines, int most)
    {
        Assert.Equal(lines, output.Lines().Length);
        Assert.All(output.Lines(), line => Assert.InRange(Encoding.UTF8.GetByteCount(line) + 1, most / 3, most));
        Assert.All(output.Json(), line => Assert.True(line.GetProperty("truncated").GetBoolean()));
    }
}
