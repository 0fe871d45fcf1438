using Observability.Weaver.Build.Tests.Building;
using TestPeers;

namespace Observability.Weaver.Build.Tests;

/// <summary>What an SDK makes of a woven assembly afterwards: a file without IL, an application for several frameworks.</summary>
public class PublishTests
{
    [SkippableFact]
    public void Ahead_of_time_compiled_code_makes_the_same_spans()
    {
        SlowOnly();
        Skip.IfNot(OperatingSystem.IsLinux(), "publishes for linux-x64");
        Tool.Require("clang");
        using var app = new BuiltApp("Shop");
        var folder = app.Publish("-r", "linux-x64", "-p:PublishAot=true");
        Assert.Empty(Directory.GetFiles(folder, "*.dll"));
        Assert.Equal(BuildTests.Woven, BuiltApp.Run(Path.Combine(folder, "Shop")).Replace("line unknown", "line known", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Each_framework_of_a_project_has_its_woven_assembly()
    {
        SlowOnly();
        using var app = new BuiltApp("ManyFrameworks");
        app.Build();
        foreach (var framework in new[] { "net10.0", "net8.0" })
            Assert.Equal("span round Rounded\nspan Goods.Price\n6", app.RunFor(framework));
        // .NET Standard has no application: its library is loaded by the one for .NET 10.
        Assert.Equal("span round Rounded\nspan Goods.Price\n6", app.RunFor("net10.0", app.AssemblyFor("netstandard2.0")));
    }

    private static void SlowOnly() =>
        Skip.If(Environment.GetEnvironmentVariable("OBSERVABILITY_SLOW_TESTS") != "1", "publishes or builds several times: set OBSERVABILITY_SLOW_TESTS=1");
}
