using TestPeers;

namespace Observability.Prometheus.Tests.Edges;

public class EdgeCaseTests
{
    private static IEnumerable<EdgeCase> Cases => EdgeCases.All.Concat(FuzzedCases.All);

    private const string Utf8 = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8";

    [Theory]
    [MemberData(nameof(EdgeCases.Titles), MemberType = typeof(EdgeCases))]
    public void No_sample_is_lost_and_no_two_lines_are_one_series(string name)
    {
        var edge = EdgeCases.Named(name);
        Check(edge);
    }

    [Fact]
    public void Fuzzed_programs_lose_no_sample_either()
    {
        foreach (var edge in FuzzedCases.All) Check(edge);
    }

    private static void Check(EdgeCase edge)
    {
        using var exposition = edge.Expose();
        foreach (var accept in new[] { Exposition.Text, Exposition.OpenMetrics, Utf8 })
        {
            var lines = exposition.Scrape(accept).Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
            if (edge.Samples is { } samples) Assert.Equal(samples, lines.Count);
            var series = lines.Select(line => line[..(line.LastIndexOf("} ", StringComparison.Ordinal) is var end && end > 0 ? end : line.IndexOf(' ', StringComparison.Ordinal))]);
            var twice = series.GroupBy(text => text).Where(group => group.Count() > 1).Select(group => group.Key);
            Assert.True(!twice.Any(), $"{edge.Name}, {accept}: {twice.FirstOrDefault()}");
        }
    }

    [SkippableFact]
    public void The_python_client_reads_every_case_in_both_formats()
    {
        var expositions = new List<(string, string, bool)>();
        foreach (var edge in Cases)
        {
            using var exposition = edge.Expose();
            expositions.Add((edge.Name, exposition.Scrape(Exposition.Text), false));
            expositions.Add((edge.Name, exposition.Scrape(Exposition.OpenMetrics), true));
        }
        Judges.PythonClient(expositions);
    }

    [SkippableFact]
    public void Promtool_of_2_reads_every_case()
    {
        var promtool = Tool.Require("promtool");
        foreach (var edge in Cases)
        {
            using var exposition = edge.Expose();
            Judges.Promtool(promtool, exposition.Scrape(Exposition.Text), edge.Name);
        }
    }

    [SkippableFact]
    public void Promtool_of_3_reads_every_case()
    {
        var promtool = Judges.Require3("promtool");
        foreach (var edge in Cases)
        {
            using var exposition = edge.Expose();
            Judges.Promtool(promtool, exposition.Scrape(Exposition.Text), edge.Name);
        }
    }
}
