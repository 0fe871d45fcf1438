using Mono.Cecil;

namespace Observability.Weaver.Reading;

/// <summary>Finds referenced assemblies by name among files and folders, and reads each once. One that is missing, or unreadable, is null: its types are unknown then.</summary>
internal sealed class ReferenceResolver : IAssemblyResolver
{
    private readonly Dictionary<string, string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AssemblyDefinition?> _read = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _folders = [];

    public ReferenceResolver(IEnumerable<string> filesAndFolders)
    {
        foreach (var path in filesAndFolders)
        {
            if (Directory.Exists(path)) _folders.Add(path);
            else _files.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        }
    }

    public AssemblyDefinition? Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

    public AssemblyDefinition? Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (_read.TryGetValue(name.Name, out var known)) return known;
        parameters.AssemblyResolver = this;
        parameters.InMemory = true;
        return _read[name.Name] = Find(name.Name) is { } path ? Read(path, parameters) : null;
    }

    public void Dispose()
    {
        foreach (var assembly in _read.Values) assembly?.Dispose();
        _read.Clear();
    }

    private static AssemblyDefinition? Read(string path, ReaderParameters parameters)
    {
        try
        {
            return AssemblyDefinition.ReadAssembly(path, parameters);
        }
        catch (Exception fault) when (fault is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? Find(string name)
    {
        if (_files.TryGetValue(name, out var file) && File.Exists(file)) return file;
        return _folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);
    }
}
