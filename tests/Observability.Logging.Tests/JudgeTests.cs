using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TestPeers;

namespace Observability.Logging.Tests;

/// <summary>Texts that parsers and people trip over, and JSON numbers at their edges, written by every profile and read by parsers that nobody here wrote.</summary>
public class JudgeTests
{
    private static readonly string[] s_naughty =
    [
        "", " ", "\0", "\u0001\u001f\u007f\u0080\u0085\u009f", "\t\r\n\b\f\v", "\"", "\\", "\\\"", "\\u0000", "/", "</script>", "<!--", "{\"a\":1}", "[", "}", "null", "true", "NaN", "-0",
        "\u2028\u2029\ufeff\ufffe\uffff", "\ud800", "\udc00", "\ud800\ud800", "\udc00\ud800", "a\ud83d", "\ud83d\ude00", "👩‍👩‍👧‍👦🇩🇪", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
        "الكل في المجمو عة", "田中さんにあげて下さい", "ﾊﾋﾌﾍﾎ", "￾", "\u200b\u200e\u202e\u2066", "%s%n%x", "$(rm -rf /)", "'; DROP TABLE x; --", "${jndi:ldap://x}", "{0}", "{{}}", "{@a}",
        "\u001b[31mred\u001b[0m", "1E+400", "0x1F", "١٢٣", "İıſ", "ﬀ", "\u00ad", "a\u0300", new string('\\', 3000), new string('"', 3000), new string('\u2028', 1000),
    ];

    public static TheoryData<LineProfile> Profiles => [.. Enum.GetValues<LineProfile>()];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Every_naughty_text_comes_back_as_it_went_in(LineProfile profile)
    {
        using var output = new LogOutput(options => options.Profile = profile);
        foreach (var text in s_naughty) output.Logger.LogInformation("{Value}", text);
        Assert.Equal(s_naughty.Select(Replaced), output.Json().Select(line => Message(line, profile)));
    }

    [SkippableTheory]
    [MemberData(nameof(Profiles))]
    public void Every_line_parses_by_jq(LineProfile profile)
    {
        var jq = Tool.Require("jq");
        var (text, lines) = Corpus(profile);
        var result = Tool.Run(jq, ["-c", "."], text);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(lines, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [SkippableTheory]
    [MemberData(nameof(Profiles))]
    public void Every_line_parses_by_Pythons_strict_json_and_no_key_is_there_twice(LineProfile profile)
    {
        var python = Tool.Require("python3");
        var (text, lines) = Corpus(profile);
        const string Judge = """
            import json, sys
            def unique(pairs):
                keys = [key for key, _ in pairs]
                assert len(keys) == len(set(keys)), keys
                return dict(pairs)
            def refuse(name): raise ValueError(name)
            count = 0
            for line in sys.stdin.buffer.read().decode('utf-8', 'strict').split('\n'):
                if not line: continue
                assert len(line.encode()) < 16384
                json.loads(line, strict=True, object_pairs_hook=unique, parse_constant=refuse)
                count += 1
            print(count)
            """;
        var result = Tool.Run(python, ["-c", Judge], text, environment: new Dictionary<string, string?> { ["PYTHONUTF8"] = "1" });
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(lines.ToString(), result.Output.Trim());
    }

    /// <summary>Texts, generated noise, numbers, exceptions and scopes.</summary>
    private static (string Text, int Lines) Corpus(LineProfile profile)
    {
        using var output = new LogOutput(options =>
        {
            options.Profile = profile;
            options.MaxQueueBytes = 64 << 20;
        });
        var random = new Random(20);
        foreach (var text in s_naughty)
        {
            output.Logger.LogInformation("{Value} {@Nested}", text, new Dictionary<string, object?> { [text] = text, ["list"] = new[] { text } });
            using (output.Logger.BeginScope(new Dictionary<string, object?> { [text] = text })) output.Logger.LogError(new InvalidOperationException(text, new IOException(text)), text);
        }
        for (var i = 0; i < 1_000; i++)
        {
            var noise = new string(Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(0x10000)).ToArray());
            output.Logger.LogInformation("{Noise} {Number} {Float}", noise, random.NextInt64(), BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
        }
        return (output.Text(), (s_naughty.Length * 2) + 1_000);
    }

    private static string? Message(JsonElement line, LineProfile profile) => line.GetProperty(profile == LineProfile.OpenTelemetry ? "body" : "message").GetString();

    private static string Replaced(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
