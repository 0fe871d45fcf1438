using System.IO.Compression;
using System.Xml.Linq;
using EndToEnd.Tests.Apps;
using TestPeers;

namespace EndToEnd.Tests.Packed;

/// <summary>What is inside the packages that users get.</summary>
public class PackageTests
{
    public static TheoryData<string> Names => [.. Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories)
        .Where(project => !File.ReadAllText(project).Contains("<IsPackable>false", StringComparison.Ordinal))
        // A package without a library has its own tests.
        .Where(project => !File.ReadAllText(project).Contains("<IncludeBuildOutput>false", StringComparison.Ordinal) && !File.ReadAllText(project).Contains("<PackAsTool>true", StringComparison.Ordinal))
        .Select(project => Path.GetFileNameWithoutExtension(project)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_has_its_README_licence_icon_documentation_and_symbols(string name)
    {
        var file = Directory.GetFiles(Packages.Folder, name + ".*.nupkg").Single(path => char.IsDigit(Path.GetFileName(path)[name.Length + 1]));
        using var package = ZipFile.OpenRead(file);
        var entries = package.Entries.Select(entry => entry.FullName).ToList();
        using var stream = package.GetEntry(name + ".nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single().Elements().ToLookup(element => element.Name.LocalName, element => element.Value);

        Assert.Equal(("README.md", "icon.png", "Apache-2.0"), (metadata["readme"].Single(), metadata["icon"].Single(), metadata["license"].Single()));
        Assert.NotEmpty(metadata["description"].Single());
        Assert.Contains("README.md", entries);
        Assert.Contains("icon.png", entries);
        // A library is in lib, a part of builds in tasks, a command in tools; what has machine code, too, has it in a folder of the platform.
        var assembly = Assert.Single(entries, entry => entry.EndsWith($"/{name}.dll", StringComparison.Ordinal) && !entry.Contains("/linux-x64/", StringComparison.Ordinal))[..^4];
        Assert.Matches("^(lib/net10.0|tasks/net10.0|tools/net10.0/any)/", assembly);
        Assert.Contains(assembly + ".xml", entries);
        using var symbols = ZipFile.OpenRead(Path.ChangeExtension(file, ".snupkg"));
        Assert.Contains(symbols.Entries, entry => entry.FullName == assembly + ".pdb");
    }
}
