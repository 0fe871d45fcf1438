using System.Globalization;
using System.Text.RegularExpressions;

namespace Observability.Weaver.Tests.Suites;

/// <summary>Whole test suites with the assembly that they test woven, every member of it. Libraries bring no tests in their packages, so these are the repository's own.</summary>
public partial class WovenSuiteTests
{
    [SkippableTheory]
    [InlineData("Observability.Sampling", "Observability.Sampling", 400)]
    [InlineData("Observability.Prometheus", "Observability.Prometheus", 200)]
    [InlineData("Observability.Logging", "Observability.Logging", 150)]
    [InlineData("Observability.Weaver", "Mono.Cecil", 150)]
    public void A_suite_passes_with_its_assembly_woven(string suite, string assembly, int atLeast)
    {
        Skip.If(Environment.GetEnvironmentVariable("OBSERVABILITY_SLOW_TESTS") != "1", "runs other test suites as a whole: set OBSERVABILITY_SLOW_TESTS=1");
        using var copy = new SuiteCopy(suite + ".Tests");
        Assert.InRange(copy.Weave(assembly), 100, int.MaxValue);
        var result = copy.Run();
        var passed = Passed().Match(result.Output);
        Assert.True(result.ExitCode == 0 && passed.Success, result.ToString());
        Assert.InRange(int.Parse(passed.Groups[1].Value, CultureInfo.InvariantCulture), atLeast, int.MaxValue);
    }

    [GeneratedRegex(@"Passed! +- Failed: +0, Passed: +(\d+)")]
    private static partial Regex Passed();
}
