using Observability.StartupHooks.Admission;

namespace Observability.StartupHook.Tests.Admission;

public class ProcessRulesTests
{
    [Fact]
    public void An_application_is_instrumented() => Assert.True(Admits("Shop"));

    [Theory]
    [InlineData("dotnet")]
    [InlineData("MSBuild")]
    [InlineData("VBCSCompiler")]
    [InlineData("testhost")]
    [InlineData("testhost.x86")]
    [InlineData("dotnet-trace")]
    [InlineData("PWSH")]
    public void The_tool_chain_is_left_alone(string process) => Assert.False(Admits(process));

    [Theory]
    [InlineData("dotnetify")]
    [InlineData("Testhostess")]
    [InlineData("testhost.x")]
    [InlineData("dotnet-shop")]
    [InlineData("NuGet.Gallery")]
    public void A_name_that_only_resembles_the_tool_chain_is_instrumented(string process) => Assert.True(Admits(process));

    [Fact]
    public void Whatever_lies_below_the_SDKs_folder_is_left_alone()
    {
        using var root = new TemporaryFolder();
        root.Write("sdk/10.0.401/dotnet.dll", "");
        Assert.False(Admits("Anything", root.Path + "/sdk/10.0.401/Roslyn/bincore/", _ => null));
        Assert.False(Admits("Anything", root.Path + "/sdk/10.0.401", _ => null));
    }

    [Fact]
    public void An_application_in_a_folder_called_sdk_is_instrumented()
    {
        using var root = new TemporaryFolder();
        root.Write("sdk/shop/Shop.dll", "");
        Assert.True(Admits("Shop", root.Path + "/sdk/shop/", _ => null));
    }

    [Fact]
    public void A_packaged_tool_is_left_alone()
    {
        using var root = new TemporaryFolder();
        root.Write("DotnetToolSettings.xml", "");
        Assert.False(Admits("anything", root.Path, _ => null));
    }

    [Theory]
    [InlineData("OBSERVABILITY_AUTO_ENABLED", "false", false)]
    [InlineData("OBSERVABILITY_AUTO_ENABLED", "False", false)]
    [InlineData("OBSERVABILITY_AUTO_ENABLED", "true", true)]
    [InlineData("OTEL_SDK_DISABLED", "true", false)]
    [InlineData("OBSERVABILITY_AUTO_EXCLUDE", "Other, sh*", false)]
    [InlineData("OBSERVABILITY_AUTO_EXCLUDE", "Other,, ", true)]
    [InlineData("OBSERVABILITY_AUTO_EXCLUDE", "", true)]
    [InlineData("OBSERVABILITY_AUTO_INCLUDE", "Other", false)]
    [InlineData("OBSERVABILITY_AUTO_INCLUDE", "Other,SHOP", true)]
    public void Variables_choose_processes(string name, string value, bool admitted) =>
        Assert.Equal(admitted, Admits("Shop", "/app", variable => variable == name ? value : null));

    [Theory]
    [InlineData("ef", "ef", true)]
    [InlineData("ef", "Shop,e*", true)]
    [InlineData("ef", "Shop", false)]
    public void An_inclusion_wins_over_the_names_of_the_tool_chain(string process, string included, bool admitted) =>
        Assert.Equal(admitted, Admits(process, "/app", variable => variable == "OBSERVABILITY_AUTO_INCLUDE" ? included : null));

    [Fact]
    public void An_exclusion_wins_over_an_inclusion() => Assert.False(Admits("Shop", "/app", _ => "Shop"));

    private static bool Admits(string process) => Admits(process, "/app/", _ => null);

    private static bool Admits(string process, string folder, Func<string, string?> variable) => ProcessRules.MayAdmit(folder, variable) && ProcessRules.Admit(process, variable);
}
