using System.Reflection;
using Observability.Prometheus.Compression;
using TestPeers;

namespace Observability.Prometheus.Tests.Compression;

/// <summary>Processors that have no carry-less multiplication, played by a runtime that is told not to use it.</summary>
public class WithoutInstructionsTests
{
    private const string Played = "OBSERVABILITY_TEST_PLAYS_OLD_PROCESSOR";

    [Fact]
    public void The_formats_equal_the_oracle_on_a_processor_without_vector_instructions()
    {
        var environment = new Dictionary<string, string?> { ["DOTNET_EnableHWIntrinsic"] = "0", [Played] = "1" };
        string[] arguments = ["vstest", Assembly.GetExecutingAssembly().Location, "--TestCaseFilter:FullyQualifiedName~Compression|DisplayName~seed: 3"];
        var result = Tool.Run("dotnet", Environment.GetEnvironmentVariable(Played) == "1" ? ["--version"] : arguments, timeout: TimeSpan.FromMinutes(15), environment: environment);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [SkippableFact]
    public void Then_gzip_bodies_are_compressed_the_ordinary_way()
    {
        Skip.If(Environment.GetEnvironmentVariable(Played) != "1", "this is the part that the test above runs in a process of its own");
        Assert.False(CarrylessProduct.IsFast);
        Assert.False(GzipLayout.Supports(default));
        using var exposition = new Exposition();
        exposition.Meter.CreateCounter<long>("orders").Add(1);
        for (var i = 0; i < 3; i++) Assert.Equal(exposition.Scrape(), exposition.Scrape(Exposition.Text, "gzip"));
    }
}
