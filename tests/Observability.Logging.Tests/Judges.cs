using System.Globalization;
using TestPeers;

namespace Observability.Logging.Tests;

/// <summary>Two JSON parsers that nobody here wrote, jq and Python's strict one: every line must be one object, in valid UTF-8, with no key twice, short enough for container runtimes.</summary>
internal static class Judges
{
    private const string Python = """
        import json, sys
        longest = int(sys.argv[1])
        def unique(pairs):
            keys = [key for key, _ in pairs]
            assert len(keys) == len(set(keys)), keys
            return dict(pairs)
        def refuse(name): raise ValueError(name)
        count = 0
        for line in sys.stdin.buffer.read().split(b'\n'):
            if not line: continue
            assert len(line) < longest, len(line)
            value = json.loads(line.decode('utf-8', 'strict'), strict=True, object_pairs_hook=unique, parse_constant=refuse)
            assert type(value) is dict, line
            count += 1
        print(count)
        """;

    private static readonly string? s_jq = Tool.Find("jq");
    private static readonly string? s_python = Tool.Find("python3");

    /// <summary>Whether both are on this machine.</summary>
    public static bool AreHere => s_jq is not null && s_python is not null;

    /// <summary>Asserts that the judges which are on this machine take every line.</summary>
    public static void Accept(string text, int longest = 16_384)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ToString(CultureInfo.InvariantCulture);
        if (lines == "0") return;
        if (s_jq is not null) Assert.Equal((0, lines, ""), Said(Tool.Run(s_jq, ["-n", "reduce inputs as $line (0; if $line | type == \"object\" then . + 1 else . end)"], text)));
        if (s_python is not null) Assert.Equal((0, lines, ""), Said(Tool.Run(s_python, ["-c", Python, longest.ToString(CultureInfo.InvariantCulture)], text)));
    }

    private static (int, string, string) Said(ToolResult result) => (result.ExitCode, result.Output.Trim(), result.Error.Trim());
}
