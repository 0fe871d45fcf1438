using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using TestPeers;

namespace Documentation.Tests.Packages;

/// <summary>One package as <c>dotnet pack</c> left it in artifacts/packages, with its symbols.</summary>
internal sealed class PackedProject : IDisposable
{
    private readonly ZipArchive _package;
    private readonly ZipArchive _symbols;

    private PackedProject(string name, string path)
    {
        Name = name;
        _package = ZipFile.OpenRead(path);
        _symbols = ZipFile.OpenRead(Path.ChangeExtension(path, ".snupkg"));
        using var manifest = new MemoryStream(Read(name + ".nuspec"));
        Manifest = XDocument.Load(manifest).Root!.Elements().Single();
    }

    public string Name { get; }

    public XElement Manifest { get; }

    public static TheoryData<string> Names => [.. Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories)
        .Where(project => !File.ReadAllText(project).Contains("<IsPackable>false", StringComparison.Ordinal))
        // A package without a library has its own tests.
        .Where(project => !File.ReadAllText(project).Contains("<IncludeBuildOutput>false", StringComparison.Ordinal) && !File.ReadAllText(project).Contains("<PackAsTool>true", StringComparison.Ordinal))
        .Select(project => Path.GetFileNameWithoutExtension(project)!).Order(StringComparer.Ordinal)];

    public static PackedProject Open(string name)
    {
        var folder = Repository.File("artifacts", "packages");
        var path = Directory.Exists(folder)
            ? Directory.GetFiles(folder, name + ".*.nupkg").Where(file => char.IsDigit(Path.GetFileName(file)[name.Length + 1])).MaxBy(File.GetLastWriteTimeUtc)
            : null;
        Skip.If(path is null, $"{name} is not packed: build/test.sh packs before it tests");
        return new PackedProject(name, path!);
    }

    /// <summary>The text of the manifest's element, wherever it stands; empty when it is missing.</summary>
    public string Metadata(string element) => Manifest.Descendants().FirstOrDefault(e => e.Name.LocalName == element)?.Value ?? "";

    public IEnumerable<string> Dependencies() =>
        Manifest.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value);

    public byte[] Read(string entry) => Bytes(_package, entry);

    /// <summary>Where the package has its assembly: <c>lib</c> as a library, <c>tasks</c> as a part of builds, <c>tools</c> as a command. A copy with machine code lies in a folder below.</summary>
    public string Folder => _package.Entries.Where(entry => entry.Name == Name + ".dll").MinBy(entry => entry.FullName.Length)!.FullName[..^(Name.Length + 4)];

    public PEReader Assembly() => new(new MemoryStream(Read($"{Folder}{Name}.dll")));

    public MetadataReaderProvider Symbols() => MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(_symbols, $"{Folder}{Name}.pdb")));

    public void Dispose()
    {
        _package.Dispose();
        _symbols.Dispose();
    }

    private byte[] Bytes(ZipArchive archive, string name)
    {
        var entry = archive.GetEntry(name);
        Assert.True(entry is not null, $"{Name} is packed without {name}.");
        using var copy = new MemoryStream();
        using var stream = entry!.Open();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
