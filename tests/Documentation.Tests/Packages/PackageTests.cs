using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using TestPeers;

namespace Documentation.Tests.Packages;

/// <summary>What a user, a debugger and a licence scanner find in a package.</summary>
public class PackageTests
{
    /// <summary>The kind of the custom debug information that maps source files to their addresses (portable PDB specification).</summary>
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [SkippableTheory]
    [MemberData(nameof(PackedProject.Names), MemberType = typeof(PackedProject))]
    public void A_package_carries_its_licence_icon_and_README(string name)
    {
        using var package = PackedProject.Open(name);
        Assert.Equal("Apache-2.0", package.Metadata("license"));
        Assert.NotEmpty(package.Metadata("description"));
        Assert.Equal(File.ReadAllBytes(Repository.File("src", name, "README.md")), package.Read(package.Metadata("readme")));
        Assert.Equal(File.ReadAllBytes(Repository.File("build", "icon.png")), package.Read(package.Metadata("icon")));
    }

    [SkippableTheory]
    [MemberData(nameof(PackedProject.Names), MemberType = typeof(PackedProject))]
    public void A_package_documents_every_public_type(string name)
    {
        using var package = PackedProject.Open(name);
        using var xml = new MemoryStream(package.Read($"{package.Folder}{name}.xml"));
        var documented = XDocument.Load(xml).Descendants("member").Select(member => member.Attribute("name")!.Value).ToHashSet();
        var types = System.Reflection.Assembly.Load(name).GetExportedTypes().Select(type => "T:" + type.FullName!.Replace('+', '.'));
        Assert.Empty(types.Except(documented));
    }

    [SkippableTheory]
    [MemberData(nameof(PackedProject.Names), MemberType = typeof(PackedProject))]
    public void A_package_depends_on_the_field_only(string name)
    {
        using var package = PackedProject.Open(name);
        Assert.All(package.Dependencies(), id => Assert.Matches(@"^(OpenTelemetry|Microsoft\.Extensions|Observability)(\.|$)", id));
    }

    [SkippableTheory]
    [MemberData(nameof(PackedProject.Names), MemberType = typeof(PackedProject))]
    public void An_assembly_is_built_reproducibly_and_matches_its_symbols(string name)
    {
        using var package = PackedProject.Open(name);
        using var assembly = package.Assembly();
        var directory = assembly.ReadDebugDirectory();
        Assert.Contains(directory, entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        var codeView = assembly.ReadCodeViewDebugDirectoryData(directory.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView));
        using var symbols = package.Symbols();
        Assert.Equal(codeView.Guid, new BlobContentId(symbols.GetMetadataReader().DebugMetadataHeader!.Id).Guid);
    }

    [SkippableTheory]
    [MemberData(nameof(PackedProject.Names), MemberType = typeof(PackedProject))]
    public void Symbols_map_every_source_file_to_the_repository(string name)
    {
        using var package = PackedProject.Open(name);
        using var symbols = package.Symbols();
        var reader = symbols.GetMetadataReader();
        var map = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Where(information => reader.GetGuid(information.Kind) == SourceLink).ToList();
        Skip.If(map.Count == 0, "the packages were packed in a checkout without a remote: SourceLink has no address to write");

        var folders = JsonDocument.Parse(Encoding.UTF8.GetString(reader.GetBlobBytes(map.Single().Value))).RootElement.GetProperty("documents").EnumerateObject().ToList();
        Assert.All(folders, folder => Assert.StartsWith("https://", folder.Value.GetString(), StringComparison.Ordinal));
        var prefixes = folders.Select(folder => folder.Name.TrimEnd('*')).ToList();
        var unmapped = reader.Documents
            .Where(handle => reader.GetCustomDebugInformation(handle).Count == 0) // what a generator wrote is embedded instead
            .Select(handle => reader.GetString(reader.GetDocument(handle).Name))
            .Where(path => !prefixes.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Empty(unmapped);
    }
}
