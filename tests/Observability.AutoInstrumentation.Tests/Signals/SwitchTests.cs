using System.Text.RegularExpressions;
using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Signals;

/// <summary>Every integration that the guide lists is switched off by the names that it lists.</summary>
public class SwitchTests
{
    private const string Control = "Shop.Orders";

    [SkippableFact]
    public async Task Every_name_in_the_guide_is_heard_and_is_silent_once_it_is_excluded()
    {
        var (sources, meters) = (Named(column: 2), Named(column: 3));
        Assert.True(sources.Count > 10 && meters.Count > 7, string.Join(' ', sources.Concat(meters)));
        // "Azure." and "Microsoft.AspNetCore.*" stand for all that begins so.
        var speakers = sources.Concat(meters).Select(name => name.TrimEnd('*').TrimEnd('.') + (name[^1] is '.' or '*' ? ".Part" : "")).Append(Control).Distinct().ToList();

        await using var heard = await Speak(speakers, [], []);
        Assert.Equal(speakers.Order(), heard.Spans.Select(span => span.Origin.Scope).Where(speakers.Contains).Distinct().Order());
        Assert.Equal(speakers.Order(), Counted(heard));

        await using var silent = await Speak(speakers, [.. sources], [.. meters.Select(name => name.TrimEnd('*'))]);
        Assert.Equal(speakers.Where(name => !sources.Any(source => Begins(name, source))).Order(), silent.Spans.Select(span => span.Origin.Scope).Where(speakers.Contains).Distinct().Order());
        Assert.Equal(speakers.Where(name => !meters.Any(meter => Begins(name, meter))).Order(), Counted(silent));
    }

    [SkippableFact]
    public async Task Server_spans_client_spans_and_their_metrics_are_switched_off_by_their_names()
    {
        await using var receiver = await Receiver.Start();
        var environment = HookedRun.SendingTo(receiver);
        Exclude(environment, ["Microsoft.AspNetCore", "System.Net.Http"], ["Microsoft.AspNetCore", "System.Net.Http", "System.Runtime"]);
        await using var app = await HookedRun.StartWeb(PublishedApp.Of("PlainWeb").Program, [], environment);
        Assert.Equal("item 1", await app.Http.GetStringAsync("/call"));
        await receiver.WaitForLog(log => log.Body == "Item 1 was asked for");
        await receiver.WaitForMetric(metric => metric.Name == "shop.warmups");
        app.Process.Signal("TERM");
        Assert.Equal(0, await app.Process.WaitForExit(HookedRun.Patience));
        Assert.Equal(["warm up"], receiver.Spans.Select(span => span.Name));
        Assert.DoesNotContain(receiver.Metrics, metric => metric.Origin.Scope.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || metric.Origin.Scope is "System.Net.Http" or "System.Runtime");
        Assert.Contains(receiver.Metrics, metric => metric.Name == "process.cpu.time");
    }

    private static async Task<Receiver> Speak(IEnumerable<string> speakers, string[] sources, string[] meters)
    {
        var receiver = await Receiver.Start();
        var environment = HookedRun.SendingTo(receiver);
        if (sources.Length > 0) Exclude(environment, sources, meters);
        var run = HookedRun.Run(PublishedApp.Of("PlainConsole").Program, ["speak=" + string.Join(',', speakers)], environment);
        Assert.True(run is { ExitCode: 3, Error: "" }, run.ToString());
        await receiver.WaitForSpan(span => span.Origin.Scope == Control);
        await receiver.WaitForMetric(metric => metric.Name == "count_of." + Control);
        return receiver;
    }

    private static IEnumerable<string> Counted(Receiver receiver) =>
        receiver.Metrics.Where(metric => metric.Name.StartsWith("count_of.", StringComparison.Ordinal)).Select(metric => metric.Name["count_of.".Length..]).Distinct().Order();

    private static void Exclude(Dictionary<string, string?> environment, string[] sources, string[] meters)
    {
        environment["Observability__Traces__ExcludedSourcePrefixes"] = string.Join(',', ["Experimental.", "Private.", .. sources]);
        environment["Observability__Metrics__ExcludedMeterPrefixes"] = string.Join(',', ["Experimental.", "Private.", .. meters]);
    }

    private static bool Begins(string name, string pattern) => name.StartsWith(pattern.TrimEnd('*'), StringComparison.Ordinal);

    /// <summary>The names between backticks in one column of the guide's table of integrations.</summary>
    private static List<string> Named(int column)
    {
        var guide = File.ReadAllText(Repository.File("docs", "auto-instrumentation.md"));
        var table = guide[guide.IndexOf("| Library | Source | Meter |", StringComparison.Ordinal)..];
        return [.. table[..table.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n')
            .SelectMany(row => Regex.Matches(row.Split('|')[column], "`([^`]+)`").Select(match => match.Groups[1].Value))];
    }
}
