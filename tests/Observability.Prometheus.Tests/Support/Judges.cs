using System.Text.Json;
using TestPeers;

namespace Observability.Prometheus.Tests;

/// <summary>Other people's parsers.</summary>
public static class Judges
{
    private const string Python = "/usr/bin/python3";

    /// <summary>They read megabytes, perhaps on a machine that is busy with something else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string Script = """
        import json, sys
        from prometheus_client.parser import text_string_to_metric_families as text
        from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
        verdicts = []
        for item in json.load(sys.stdin):
            try:
                samples = [s for f in (openmetrics if item["openMetrics"] else text)(item["text"]) for s in f.samples]
                keys = {(s.name, tuple(sorted(s.labels.items()))) for s in samples}
                seen, twice = set(), []
                for key in ((s.name, tuple(sorted(s.labels.items()))) for s in samples):
                    if key in seen: twice.append(repr(key))
                    seen.add(key)
                verdicts.append({"error": "", "samples": len(samples), "series": len(keys), "twice": twice[:2]})
            except Exception as e:
                verdicts.append({"error": repr(e), "samples": 0, "series": 0})
        json.dump(verdicts, sys.stdout)
        """;

    /// <summary>The 3.x that build/install-prometheus-3.sh unpacked; skips without it.</summary>
    public static string Require3(string program)
    {
        var path = Repository.File("artifacts", "tools", "prometheus-3", "usr", "bin", program);
        Skip.IfNot(File.Exists(path), $"{program} 3.x is not on this machine (build/install-prometheus-3.sh unpacks it on Debian and Ubuntu)");
        return path;
    }

    /// <summary>promtool's parser; what it says about style is not asked.</summary>
    public static void Promtool(string promtool, string exposition, string about)
    {
        var result = Tool.Run(promtool, ["check", "metrics"], exposition, Patience);
        // 3 means lint: a user's name may be ugly, but it must be read.
        Assert.True(result.ExitCode is 0 or 3, $"{about}: {result}\n{exposition}");
        Assert.DoesNotContain("error while linting", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Everything that promtool has to say, style included.</summary>
    public static string[] Lint(string promtool, string exposition)
    {
        var result = Tool.Run(promtool, ["check", "metrics"], exposition, Patience);
        Assert.DoesNotContain("error while linting", result.Error, StringComparison.Ordinal);
        var lines = (result.Output + result.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(lines.Length > 0, result.ExitCode != 0);
        return lines;
    }

    /// <summary>python3-prometheus-client reads each exposition, and finds every line a series of its own.</summary>
    public static void PythonClient(IReadOnlyList<(string About, string Text, bool OpenMetrics)> expositions)
    {
        RequirePythonClient();
        var input = JsonSerializer.Serialize(expositions.Select(item => new { text = item.Text, openMetrics = item.OpenMetrics }));
        var result = Tool.Run(Python, ["-c", Script], input, Patience);
        Assert.True(result.ExitCode == 0, result.ToString());
        using var verdicts = JsonDocument.Parse(result.Output);
        var faults = new List<string>();
        for (var i = 0; i < expositions.Count; i++)
        {
            var verdict = verdicts.RootElement[i];
            var error = verdict.GetProperty("error").GetString()!;
            var (samples, series) = (verdict.GetProperty("samples").GetInt32(), verdict.GetProperty("series").GetInt32());
            var lines = expositions[i].Text.Split('\n').Count(line => line.Length > 0 && line[0] != '#');
            if (error.Length == 0 && (samples != series || samples != lines)) error = $"{lines} lines, {samples} samples, {series} series, twice {verdict.GetProperty("twice")}";
            if (error.Length > 0) faults.Add($"{expositions[i].About} ({(expositions[i].OpenMetrics ? "OpenMetrics" : "text")}): {error}\n{expositions[i].Text[..Math.Min(2000, expositions[i].Text.Length)]}");
        }
        Assert.True(faults.Count == 0, string.Join("\n---\n", faults));
    }

    private static void RequirePythonClient()
    {
        Skip.If(Tool.Find(Python) is null || Tool.Run(Python, ["-c", "import prometheus_client.openmetrics.parser"], timeout: Patience).ExitCode != 0,
            "python3-prometheus-client is not on this machine (build/install-test-tools.sh installs it on Debian and Ubuntu)");
    }
}
