using System.Text.RegularExpressions;
using TestPeers;

namespace EndToEnd.Tests.Peers;

/// <summary>What promtool says of an exposition.</summary>
internal static partial class PromtoolVerdict
{
    private const int OnlyStyle = 3;

    /// <summary>
    /// Every remark but two of style: the semantic conventions name some gauges <c>*.count</c>, and a renamed metric would
    /// be found by no dashboard; EF Core describes none of its instruments.
    /// </summary>
    public static IReadOnlyList<string> On(string exposition)
    {
        var verdict = Tool.Run(Tool.Require("promtool"), ["check", "metrics"], exposition);
        if (verdict.ExitCode is not (0 or OnlyStyle)) return [verdict.ToString()];
        return [.. (verdict.Output + verdict.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !NamedByTheConventions().IsMatch(line))];
    }

    [GeneratedRegex("^(dotnet|process)_[a-z_]+_count non-histogram and non-summary metrics should not have \"_count\" suffix$|^microsoft_entityframeworkcore_[a-z_]+ no help text$")]
    private static partial Regex NamedByTheConventions();
}
