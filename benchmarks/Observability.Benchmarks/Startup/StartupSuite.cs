using System.Globalization;

namespace Observability.Benchmarks.Startup;

/// <summary>What the startup hook costs a minimal web application and a command of the SDK: bare and hooked in turns, medians of the pairs' differences.</summary>
internal sealed class StartupSuite : Suite
{
    private static readonly Dictionary<string, string> LeftAlone = new() { ["OBSERVABILITY_AUTO_ENABLED"] = "false" };

    public override string Name => "startup";

    public override void Run(Report report, bool quick)
    {
        var hook = Path.Combine(Report.Root(), "artifacts", "payload", "Observability.StartupHook.dll");
        if (!File.Exists(hook)) throw new FileNotFoundException("Build src/Observability.AutoInstrumentation in Release first.", hook);
        Web(report, hook, quick ? 12 : 40);
        Command(report, hook, quick ? 10 : 20);
    }

    private static void Web(Report report, string hook, int pairs)
    {
        report.Line($"A minimal web application, {pairs} rounds; medians, and medians of the differences to bare in the same round.");
        var bare = new List<StartupMeasure>();
        var alone = new List<StartupMeasure>();
        var hooked = new List<StartupMeasure>();
        WebStart.Measure(hook: null);
        WebStart.Measure(hook);
        for (var i = 0; i < pairs; i++)
        {
            bare.Add(WebStart.Measure(hook: null));
            alone.Add(WebStart.Measure(hook, LeftAlone));
            hooked.Add(WebStart.Measure(hook));
        }
        report.Line("variant       to Main ms  first response ms  peak RSS MB  processor ms");
        Row(report, "bare", bare);
        Row(report, "left alone", alone);
        Row(report, "hooked", hooked);
        report.Line($"left alone over bare: to Main {Over(alone, bare, measure => measure.ToMain):0.0} ms: what any startup hook costs, and the decision");
        report.Line(string.Create(CultureInfo.InvariantCulture, $"hooked over bare: {Over(hooked, bare, measure => measure.ProcessorTime):0} ms of processor time for the start, the first request and a second"));
        report.Goal("startup-to-main", Over(hooked, bare, measure => measure.ToMain), "ms", "<=", 12);
        report.Goal("startup-first-response", Over(hooked, bare, measure => measure.FirstResponse), "ms", "<=", 25);
        report.Goal("startup-peak-rss", Over(hooked, bare, measure => measure.PeakMegabytes), "MB", "<=", 15);
    }

    private static void Command(Report report, string hook, int pairs)
    {
        var bare = new List<double>();
        var hooked = new List<double>();
        SdkCommand.Measure(hook: null);
        for (var i = 0; i < pairs; i++)
        {
            bare.Add(SdkCommand.Measure(hook: null));
            hooked.Add(SdkCommand.Measure(hook));
        }
        var over = Median(bare.Zip(hooked, (without, with) => with - without));
        report.Line(string.Create(CultureInfo.InvariantCulture, $"dotnet --info, {pairs} rounds: bare {Median(bare):0.0} ms, hooked {Median(hooked):0.0} ms, difference {over:0.0} ms"));
        report.Goal("startup-sdk-command", over, "ms", "<=", 3);
    }

    private static void Row(Report report, string name, List<StartupMeasure> measures) => report.Line(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-12}  {Median(measures.Select(measure => measure.ToMain)),10:0.0}  {Median(measures.Select(measure => measure.FirstResponse)),17:0.0}  {Median(measures.Select(measure => measure.PeakMegabytes)),11:0.0}  {Median(measures.Select(measure => measure.ProcessorTime)),12:0}"));

    private static double Over(List<StartupMeasure> measures, List<StartupMeasure> bare, Func<StartupMeasure, double> value) =>
        Median(measures.Zip(bare, (with, without) => value(with) - value(without)));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
