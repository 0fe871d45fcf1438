using System.Reflection;
using System.Xml.Linq;
using TestPeers;

namespace Architecture.Tests;

/// <summary>One project under src, as its project file and its built assembly tell it.</summary>
public sealed class ShippingProject
{
    private readonly XDocument _file;

    private ShippingProject(string path)
    {
        FilePath = path;
        _file = XDocument.Load(path);
    }

    public string FilePath { get; }
    public string Name => Path.GetFileNameWithoutExtension(FilePath);
    public string Folder => Path.GetDirectoryName(FilePath)!;
    public bool IsPackable => _file.Descendants("IsPackable").All(e => e.Value != "false");
    public IReadOnlyList<string> ProjectReferences => Includes("ProjectReference").Select(Path.GetFileNameWithoutExtension).ToList()!;
    public IReadOnlyList<string> PackageReferences => Includes("PackageReference").ToList();
    public IReadOnlyList<string> FrameworkReferences => Includes("FrameworkReference").ToList();
    public IReadOnlyList<string> CompileIncludes => Includes("Compile").ToList();
    public IReadOnlyList<string> InternalsVisibleTo => Includes("InternalsVisibleTo").ToList();
    public Assembly Assembly => Assembly.Load(Name);

    public static IReadOnlyList<ShippingProject> All { get; } =
        Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .Order(StringComparer.Ordinal)
            .Select(path => new ShippingProject(path))
            .ToList();

    public static TheoryData<string> Names => [.. All.Select(project => project.Name)];

    public static ShippingProject Named(string name) => All.Single(project => project.Name == name);

    public IEnumerable<string> SourceFiles() =>
        Directory.GetFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    public override string ToString() => Name;

    private IEnumerable<string> Includes(string item) =>
        _file.Descendants(item).Select(e => e.Attribute("Include")?.Value ?? e.Attribute("Update")?.Value ?? "").Where(value => value.Length > 0).Select(value => value.Replace('\\', '/'));
}
