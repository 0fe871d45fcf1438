using System.Globalization;
using Observability.Benchmarks.Startup;

namespace Observability.Benchmarks.Weaver;

/// <summary>What weaving at start-up adds to a hooked start of a minimal web application: with an empty cache, with a filled one, and without running anew.</summary>
internal static class WeavingStart
{
    public static void Measure(Report report, int rounds)
    {
        var hook = Path.Combine(Report.Root(), "artifacts", "payload", "Observability.StartupHook.dll");
        if (!File.Exists(hook)) throw new FileNotFoundException("Build src/Observability.AutoInstrumentation in Release first.", hook);
        var cache = Directory.CreateTempSubdirectory("observability-weave-").FullName;
        var woven = new Dictionary<string, string> { ["OBSERVABILITY_WEAVE"] = "[StartupApp]*", ["OBSERVABILITY_WEAVE_CACHE"] = cache };
        // Nothing of the application is picked, as the cache knows: what remains is the door itself, and no second start.
        var nothing = new Dictionary<string, string> { ["OBSERVABILITY_WEAVE"] = "[StartupApp]Nothing", ["OBSERVABILITY_WEAVE_CACHE"] = cache };
        var preset = new Dictionary<string, string>(woven) { ["DOTNET_ADDITIONAL_DEPS"] = cache + "/current/woven.deps.json", ["DOTNET_SHARED_STORE"] = cache + "/current/store" };
        var measures = new Dictionary<string, List<double>>();
        try
        {
            for (var round = -1; round < rounds; round++)
            {
                Note("bare", WebStart.Measure(hook: null).ToMain, round);
                Note("hooked", WebStart.Measure(hook).ToMain, round);
                Directory.Delete(cache, recursive: true);
                Note("woven, cold", WebStart.Measure(hook, woven).ToMain, round);
                Note("woven, warm", WebStart.Measure(hook, woven).ToMain, round);
                Note("woven, preset", WebStart.Measure(hook, preset).ToMain, round);
                WebStart.Measure(hook, nothing);
                Note("nothing picked", WebStart.Measure(hook, nothing).ToMain, round);
            }
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
        report.Line($"A minimal web application to Main, {rounds} rounds in turns; medians.");
        foreach (var (name, values) in measures) report.Line(string.Create(CultureInfo.InvariantCulture, $"{name,-14} {Median(values),7:0.0} ms, {Over(name, "hooked"),6:0.0} over hooked, {Over(name, "bare"),6:0.0} over bare"));
        report.Goal("cold_weave_over_warm", Over("woven, cold", "woven, warm"), "ms", "<=", 100);
        report.Goal("warm_start_over_hooked", Over("woven, warm", "hooked"), "ms", "<=", 60);
        report.Goal("preset_start_over_hooked", Over("woven, preset", "hooked"), "ms", "<=", 12);

        // The first round is for the machine's caches.
        void Note(string name, double value, int round)
        {
            if (!measures.TryGetValue(name, out var values)) measures[name] = values = [];
            if (round >= 0) values.Add(value);
        }

        double Over(string name, string other) => Median(measures[name].Zip(measures[other], (one, two) => one - two));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
