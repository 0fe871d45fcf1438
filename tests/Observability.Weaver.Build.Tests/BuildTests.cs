using Observability.Weaver.Build.Tests.Building;
using TestPeers;

namespace Observability.Weaver.Build.Tests;

/// <summary>The packed package in builds of an application as its owner would write it.</summary>
public class BuildTests
{
    internal const string Woven = "span Prices.Total Internal  \nspan place order Client A-1 6\n6\nspan Prices.Total Internal  \nspan place order Client A-2 \nline known";

    /// <summary>The items of the project would be louder than a file.</summary>
    private const string WithoutRuleItems = """<Project><ItemGroup><ObservabilityWeaveRule Remove="@(ObservabilityWeaveRule)" /></ItemGroup></Project>""";

    [Fact]
    public void A_build_weaves_once_and_again_only_when_rules_or_sources_change()
    {
        using var app = new BuiltApp("Shop");
        app.Build();
        Assert.Equal(Woven, app.Run());
        Assert.Empty(Directory.GetFiles(app.Output, "Observability*"));
        Assert.Empty(Directory.GetFiles(app.Output, "Mono.Cecil*"));

        var first = File.GetLastWriteTimeUtc(app.Stamp);
        var bytes = File.ReadAllBytes(app.Assembly);
        app.Build("--no-restore");
        Assert.Equal(first, File.GetLastWriteTimeUtc(app.Stamp));
        Assert.Equal(bytes, File.ReadAllBytes(app.Assembly));

        app.Write("observability.weave.json", """{ "rules": [ { "type": "Prices", "exclude": true } ] }""");
        app.Build("--no-restore");
        Assert.DoesNotContain("Prices.Total", app.Run(), StringComparison.Ordinal);

        app.Build("--no-restore", "-p:ObservabilityWeave=false", "-t:Rebuild");
        Assert.Equal("6\nline known", app.Run());
        Assert.True(SameAsTheTool(app));
    }

    [Fact]
    public void Switching_weaving_off_and_on_gives_what_a_clean_build_would()
    {
        using var app = new BuiltApp("Shop");
        app.Build();
        var woven = File.ReadAllBytes(app.Assembly);

        app.Build("--no-restore", "-p:ObservabilityWeave=false");
        Assert.Equal("6\nline known", app.Run());
        var unwoven = File.ReadAllBytes(app.Assembly);

        app.Build("--no-restore", "-p:ObservabilityWeave=false", "-t:Rebuild");
        Assert.Equal(unwoven, File.ReadAllBytes(app.Assembly));

        app.Build("--no-restore");
        Assert.Equal(woven, File.ReadAllBytes(app.Assembly));
    }

    [Fact]
    public void Rules_of_an_older_file_are_used_where_they_are_others()
    {
        using var app = new BuiltApp("Shop");
        app.Write("observability.weave.json", """{ "rules": [ { "type": "Prices" } ] }""");
        app.Build();
        Assert.Equal(Woven, app.Run());

        app.Write("observability.weave.json", """{ "rules": [ { "type": "Prices", "exclude": true } ] }""", DateTime.UtcNow.AddYears(-1));
        app.Build("--no-restore");
        Assert.DoesNotContain("Prices.Total", app.Run(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_rule_is_an_error_with_its_id_and_a_design_time_build_is_left_alone()
    {
        using var app = new BuiltApp("Shop");
        app.Write("observability.weave.json", """{ "rules": [ { "typ": "Prices" } ] }""");
        app.Build("-p:DesignTimeBuild=true");
        Assert.False(File.Exists(app.Stamp));
        var failed = app.TryBuild("--no-restore");
        Assert.NotEqual(0, failed.ExitCode);
        Assert.Contains("error OBS7012", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_fault_in_rules_is_one_error_that_says_where_and_says_its_id_once()
    {
        using var app = new BuiltApp("Shop");
        app.Write("Directory.Build.props", """
            <Project>
              <PropertyGroup><ObservabilityWeaveRules>x y z;recipe:none</ObservabilityWeaveRules></PropertyGroup>
            </Project>
            """);
        Assert.Collection(Errors(app.TryBuild()),
            first => Assert.StartsWith("OBS7012: \"x y z\" is no weaving rule: ", first, StringComparison.Ordinal),
            second => Assert.StartsWith("OBS7012: \"recipe:none\" names no recipe", second, StringComparison.Ordinal));

        app.Write("Directory.Build.props", "<Project />");
        app.Write("Directory.Build.targets", """
            <Project>
              <ItemGroup><ObservabilityWeaveRule Include="orders" Rules="Orders::*" /></ItemGroup>
            </Project>
            """);
        var failed = app.TryBuild("--no-restore");
        Assert.StartsWith("OBS7012: the ObservabilityWeaveRule \"orders\" has no Rule", Assert.Single(Errors(failed)), StringComparison.Ordinal);
        Assert.Contains("Directory.Build.targets", failed.Output, StringComparison.Ordinal);

        app.Write("Directory.Build.targets", "<Project />");
        app.Write("observability.weave.json", """{ "rules": [ { "typ": "Prices" } ] }""");
        failed = app.TryBuild("--no-restore");
        Assert.StartsWith("OBS7012: the rules cannot be read: rules[0].typ is unknown", Assert.Single(Errors(failed)), StringComparison.Ordinal);
        Assert.Contains("observability.weave.json", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_rules_ask_for_in_vain_is_a_warning()
    {
        using var app = new BuiltApp("Shop");
        app.Write("Directory.Build.targets", WithoutRuleItems);
        app.Write("observability.weave.json", """{ "rules": [ { "type": "Pryces" }, { "type": "Prices", "tags": { "count": "cuont", "total": "return" } } ] }""");
        var built = app.TryBuild("-p:TreatWarningsAsErrors=false");
        Assert.Contains("warning OBS7011: [*]Pryces::*: ", built.Output, StringComparison.Ordinal);
        Assert.Contains("warning OBS7007: [*]Prices::*: the value \"cuont\"", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_named_as_the_products_are_is_woven_and_one_that_is_left_is_a_warning()
    {
        using var app = new BuiltApp("Shop");
        app.Write("Directory.Build.targets", WithoutRuleItems);
        app.Write("observability.weave.json", """{ "rules": [ { "type": "Prices", "source": "Shop" } ] }""");
        app.Build("-p:AssemblyName=Observability.Shop");
        Assert.StartsWith("span Prices.Total", BuiltApp.Run("dotnet", Path.Combine(app.Output, "Observability.Shop.dll")), StringComparison.Ordinal);

        var built = app.TryBuild("--no-restore", "-p:AssemblyName=OpenTelemetry.Shop", "-p:TreatWarningsAsErrors=false");
        Assert.Contains("warning OBS7001: OpenTelemetry.Shop: it is left as it was", built.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_trimmed_single_file_with_precompiled_code_is_woven()
    {
        Skip.If(Environment.GetEnvironmentVariable("OBSERVABILITY_SLOW_TESTS") != "1", "publishes a trimmed single file, which takes half a minute: set OBSERVABILITY_SLOW_TESTS=1");
        Skip.IfNot(OperatingSystem.IsLinux(), "publishes for linux-x64");
        using var app = new BuiltApp("Shop");
        var folder = app.Publish("-r", "linux-x64", "--self-contained", "-p:PublishSingleFile=true", "-p:PublishTrimmed=true", "-p:PublishReadyToRun=true");
        Assert.Equal(Woven, BuiltApp.Run(Path.Combine(folder, "Shop")).Replace("line unknown", "line known", StringComparison.Ordinal));
    }

    /// <summary>What a build says after <c>error</c>, each once: at its end it says all again.</summary>
    private static string[] Errors(ToolResult failed)
    {
        Assert.NotEqual(0, failed.ExitCode);
        return [.. failed.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(": error ", StringComparison.Ordinal) + 8)..]).Distinct()];
    }

    /// <summary>The command weaves the unwoven assembly of the last build; two doors, one engine: the bytes are those that a build makes of it.</summary>
    private static bool SameAsTheTool(BuiltApp app)
    {
        var unwoven = File.ReadAllBytes(app.Assembly);
        var tool = Path.Combine(Repository.File("src", "Observability.Tool", "bin"), new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Observability.Tool.dll");
        BuiltApp.Run("dotnet", tool, "weave", app.Assembly, "--rule", "Prices::*");
        var byTool = File.ReadAllBytes(app.Assembly);
        Assert.Equal(Woven, app.Run());
        Assert.NotEqual(unwoven, byTool);
        app.Write("observability.weave.json", """{ "rules": [] }""");
        app.Build("--no-restore", "-t:Rebuild");
        return byTool.AsSpan().SequenceEqual(File.ReadAllBytes(app.Assembly));
    }
}
