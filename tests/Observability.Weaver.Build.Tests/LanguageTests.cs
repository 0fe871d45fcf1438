using Observability.Weaver.Build.Tests.Building;

namespace Observability.Weaver.Build.Tests;

/// <summary>What other compilers make of methods.</summary>
public class LanguageTests
{
    [SkippableFact]
    public void FSharp_is_woven_and_recurses_as_deep_as_before()
    {
        SlowOnly();
        using var app = new BuiltApp("FSharpShop", ".fsproj");
        app.Build();
        Assert.Equal("span Shop.price Unset\nspan Shop.place Unset\n6\nTrue\nspan Shop.fails Error\nfailed", app.Run().Replace("span Shop.listen Unset\n", "", StringComparison.Ordinal).Replace("\nspan Shop.main Unset", "", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Visual_Basic_is_woven()
    {
        SlowOnly();
        using var app = new BuiltApp("BasicShop", ".vbproj");
        app.Build();
        Assert.Equal("span Shop.Price Unset\nspan Shop.Place Unset\n6\n1\n2\nspan Shop.Items Unset\nspan Shop.Fails Error\nfailed", app.Run());
    }

    private static void SlowOnly() =>
        Skip.If(Environment.GetEnvironmentVariable("OBSERVABILITY_SLOW_TESTS") != "1", "builds with another compiler: set OBSERVABILITY_SLOW_TESTS=1");
}
