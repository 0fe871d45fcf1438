using Observability.Ebpf.Agent.Kernel;

namespace Observability.Ebpf.Agent.Tenants;

/// <summary>
/// The maps in the file system for BPF, where they outlive the agent: a restarted agent takes them up again, and no application notices. The folder's name says the version of
/// their layout. Each tenant has a folder, which alone is mounted into its pod: whoever sees one folder sees one tenant's traces.
/// </summary>
internal sealed class PinFolder(string root, UnixFileMode mode)
{
    public const string Version = "v1";

    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Readable = Passable | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private string Home => Path.Combine(root, Version);

    public string FolderOf(string tenant) => Path.Combine(Home, tenant);

    /// <summary>The pinned map of this shape, or a negative error number when there is none.</summary>
    public int Open(string tenant, string name, MapShape shape)
    {
        var map = Bpf.Open(Path.Combine(FolderOf(tenant), name));
        if (map < 0) return map;
        if (Bpf.Shape(map) == shape) return map;
        // Another layout, or something that a hostile owner of the folder put there.
        Libc.Close(map);
        File.Delete(Path.Combine(FolderOf(tenant), name));
        return -2;
    }

    /// <summary>0, or the negative error number.</summary>
    public int Pin(string tenant, string name, int map)
    {
        Directory.CreateDirectory(Home, Passable);
        Directory.CreateDirectory(FolderOf(tenant), Readable);
        var path = Path.Combine(FolderOf(tenant), name);
        if (!File.Exists(path) && Bpf.Pin(map, path) is < 0 and var error) return error;
        File.SetUnixFileMode(path, mode);
        return 0;
    }

    public IEnumerable<string> Tenants() => Directory.Exists(Home) ? Directory.EnumerateDirectories(Home).Select(folder => Path.GetFileName(folder)!) : [];

    public void Remove(string tenant)
    {
        if (Directory.Exists(FolderOf(tenant))) Directory.Delete(FolderOf(tenant), recursive: true);
    }
}
