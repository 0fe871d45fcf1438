using TestPeers;

namespace Observability.Prometheus.Tests.Proof;

/// <summary>What promtool says about style, of which every name, unit and help text of ours must be free.</summary>
public class LintTests
{
    [SkippableTheory]
    [InlineData(2)]
    [InlineData(3)]
    public void Promtool_accepts_instruments_without_description_without_a_word(int major)
    {
        using var exposition = new Exposition();
        var meter = exposition.Meter;
        meter.CreateCounter<long>("orders", "{order}").Add(1);
        meter.CreateCounter<double>("energy.total", "J").Add(1.5);
        meter.CreateUpDownCounter<long>("queue.length").Add(-1);
        meter.CreateGauge<double>("temperature", "Cel").Record(20);
        meter.CreateHistogram<double>("latency", "s").Record(0.3);
        meter.CreateHistogram<long>("request.size", "By").Record(300);
        Assert.Empty(Judges.Lint(Promtool(major), exposition.Scrape()));
    }

    /// <summary>These gauges are called so by OpenTelemetry's semantic conventions; renaming them would break every dashboard made for them.</summary>
    [SkippableTheory]
    [InlineData(2)]
    [InlineData(3)]
    public void Promtool_complains_about_the_runtimes_own_names_only_where_the_conventions_end_in_count(int major)
    {
        using var exposition = new Exposition(build: builder => builder.AddMeter("System.Runtime"));
        string[] known = ["dotnet_assembly_count", "dotnet_process_cpu_count", "dotnet_thread_pool_thread_count", "dotnet_timer_count"];
        var complaints = Judges.Lint(Promtool(major), exposition.Scrape());
        Assert.NotEmpty(complaints);
        Assert.Empty(complaints.Except(known.Select(name => name + " non-histogram and non-summary metrics should not have \"_count\" suffix")));
    }

    private static string Promtool(int major) => major == 2 ? Tool.Require("promtool") : Judges.Require3("promtool");
}
