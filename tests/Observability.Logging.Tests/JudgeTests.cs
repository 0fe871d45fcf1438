using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

/// <summary>Texts that parsers and people trip over, and JSON values at their edges, written by every profile and read by parsers that nobody here wrote.</summary>
public class JudgeTests
{
    /// <summary>Longer texts do not fit a message whole.</summary>
    private const int Longest = 5_000;

    public static TheoryData<LineProfile> Profiles => [.. Enum.GetValues<LineProfile>()];

    [Fact]
    public void The_corpora_are_whole()
    {
        Assert.Equal(515, Corpora.NaughtyStrings.Length);
        Assert.Equal((95, 188, 35, 22), (Count("test_parsing/y_"), Count("test_parsing/n_"), Count("test_parsing/i_"), Count("test_transform/")));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Every_naughty_text_comes_back_as_it_went_in(LineProfile profile)
    {
        using var output = new LogOutput(options => options.Profile = profile);
        var texts = Corpora.Texts.Where(text => text.Length < Longest).ToArray();
        foreach (var text in texts) output.Logger.LogInformation("{Value}", text);
        var lines = output.Json();
        Assert.Equal(texts.Select(Replaced), lines.Select(line => Message(line, profile)));
        Assert.Equal(texts.Select(Replaced), lines.Select(line => Attribute(line, profile)));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_text_too_long_for_a_line_comes_back_up_to_the_cut(LineProfile profile)
    {
        using var output = new LogOutput(options => options.Profile = profile);
        var texts = Corpora.Texts.Where(text => text.Length >= Longest).ToArray();
        Assert.Equal(2, texts.Length);
        foreach (var text in texts) output.Logger.LogInformation("{Value}", text);
        foreach (var (text, line) in texts.Zip(output.Json()))
        {
            var part = Message(line, profile)!;
            Assert.InRange(part.Length, 2_000, text.Length - 1);
            Assert.StartsWith(part, text, StringComparison.Ordinal);
            Assert.True(line.GetProperty(profile == LineProfile.Ecs ? "labels.truncated" : "truncated").GetBoolean());
        }
    }

    [Fact]
    public void Every_value_of_the_JSON_test_suite_comes_back_as_it_went_in()
    {
        using var output = new LogOutput();
        var values = Corpora.JsonTestSuite.Where(file => file.Key.StartsWith("test_parsing/y_", StringComparison.Ordinal)).Select(file => Value(JsonDocument.Parse(file.Value).RootElement)).ToArray();
        foreach (var value in values) output.Logger.LogInformation("{@Value}", value);
        Assert.Equal(values.Select(value => JsonSerializer.Serialize(value)), output.Json().Select(line => JsonSerializer.Serialize(Value(line.GetProperty("Value")))));
    }

    [SkippableTheory]
    [MemberData(nameof(Profiles))]
    public void Every_line_parses_by_jq_and_by_Pythons_strict_json_and_no_key_is_there_twice(LineProfile profile)
    {
        Skip.IfNot(Judges.AreHere, "jq or python3 is not on this machine (build/install-test-tools.sh installs them on Debian and Ubuntu)");
        Judges.Accept(Write(profile));
    }

    [SkippableTheory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":\"\u0001\"}")]
    [InlineData("{\"a\":1}{\"b\":2}")]
    [InlineData("[1]")]
    [InlineData("{\"a\":1")]
    public void The_judges_refuse_what_is_no_line(string line)
    {
        Skip.IfNot(Judges.AreHere, "jq or python3 is not on this machine (build/install-test-tools.sh installs them on Debian and Ubuntu)");
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Judges.Accept(line + "\n"));
    }

    /// <summary>Texts as values, keys, scopes and exceptions, generated noise, numbers.</summary>
    private static string Write(LineProfile profile)
    {
        using var output = new LogOutput(options =>
        {
            options.Profile = profile;
            options.MaxQueueBytes = 64 << 20;
        });
        var random = new Random(20);
        foreach (var text in Corpora.Texts)
        {
            output.Logger.LogInformation("{Value} {@Nested}", text, new Dictionary<string, object?> { [text] = text, ["list"] = new[] { text } });
            using (output.Logger.BeginScope(new Dictionary<string, object?> { [text] = text })) output.Logger.LogError(new InvalidOperationException(text, new IOException(text)), text);
        }
        for (var i = 0; i < 1_000; i++)
        {
            var noise = new string(Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(0x10000)).ToArray());
            output.Logger.LogInformation("{Noise} {Number} {Float}", noise, random.NextInt64(), BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
        }
        var written = output.Text();
        Assert.Equal((Corpora.Texts.Length * 2) + 1_000, written.Count(c => c == '\n'));
        return written;
    }

    private static int Count(string prefix) => Corpora.JsonTestSuite.Keys.Count(name => name.StartsWith(prefix, StringComparison.Ordinal));

    private static string? Message(JsonElement line, LineProfile profile) => line.GetProperty(profile == LineProfile.OpenTelemetry ? "body" : "message").GetString();

    private static string? Attribute(JsonElement line, LineProfile profile) => profile switch
    {
        LineProfile.OpenTelemetry => line.GetProperty("attributes").GetProperty("Value").GetString(),
        LineProfile.Ecs => line.GetProperty("labels.Value").GetString(),
        _ => line.GetProperty("Value").GetString(),
    };

    private static string Replaced(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>What an application would hold after it has read the JSON.</summary>
    private static object? Value(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new Dictionary<string, object?>();
                foreach (var member in element.EnumerateObject()) members[member.Name] = Value(member.Value);
                return members;
            case JsonValueKind.Array: return element.EnumerateArray().Select(Value).ToList();
            case JsonValueKind.String: return element.GetString();
            case JsonValueKind.Number: return element.TryGetInt64(out var number) ? number : element.GetDouble();
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            default: return null;
        }
    }
}
