using System.IO.Compression;
using System.Xml.Linq;
using Observability.AutoInstrumentation.Tests.Apps;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Harmless;

/// <summary>The package carries a payload and no library.</summary>
public class PackageTests
{
    [Fact]
    public void The_package_brings_no_dependency_and_no_reference()
    {
        _ = PackedPayload.Folder;
        using var package = ZipFile.OpenRead(Package());
        using var stream = package.GetEntry("Observability.AutoInstrumentation.nuspec")!.Open();
        var names = XDocument.Load(stream).Descendants().Select(element => element.Name.LocalName).ToList();
        Assert.DoesNotContain("dependency", names);
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.StartsWith("lib/", StringComparison.Ordinal));
        Assert.Contains(package.Entries, entry => entry.FullName == "README.md");
    }

    [SkippableFact]
    public void A_reference_puts_the_payload_beside_the_application_and_changes_nothing_else()
    {
        Slow.Require();
        _ = PackedPayload.Folder;
        var packages = Repository.File("artifacts", "zero-code-apps", "packages");
        if (Directory.Exists(packages)) Directory.Delete(packages, recursive: true);
        var app = PublishedApp.Of("PlainConsole", "packaged", "-p:WithPayload=true", "-p:RestoreAdditionalProjectSources=" + Path.GetDirectoryName(Package()), "-p:RestorePackagesPath=" + packages, "-p:RestoreForce=true");
        var bare = HookedRun.Run(app.Program, ["exit=4"], Sameness.Bare);
        var hooked = HookedRun.Run(app.Program, ["exit=4"], HookedRun.Hooked(PackedPayload.HookIn(Path.Combine(app.Folder, "observability"))));
        Sameness.Check(bare, hooked);
        Assert.Equal("", hooked.Error);
        Assert.Empty(Directory.GetFiles(app.Folder, "OpenTelemetry*.dll"));
    }

    private static string Package() => Directory.GetFiles(Repository.File("artifacts", "packages"), "Observability.AutoInstrumentation.*.nupkg").MaxBy(File.GetLastWriteTimeUtc)!;
}
