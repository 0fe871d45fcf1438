using Observability.Ebpf.Agent.Kernel;

namespace Observability.Ebpf.Agent.Tenants;

/// <summary>
/// The maps in the file system for BPF, where they outlive the agent: a restarted agent takes them up again, and no application notices. The folder's name says the version of
/// their layout. Each tenant has a folder, which alone is mounted into its pod: whoever sees one folder sees one tenant's traces. The pods' folders lie in one that only root passes.
/// </summary>
/// <param name="root">The file system for BPF, or a folder in it.</param>
/// <param name="mode">Of the maps of tenants that are no pods.</param>
/// <param name="group">Who may use those maps besides root.</param>
internal sealed class PinFolder(string root, UnixFileMode mode, uint group)
{
    public const string Version = "v1";

    private const string Pods = "pods";
    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Whoever is in the pod, under any number: the folder's place is the barrier.</summary>
    private const UnixFileMode Everybody = (UnixFileMode)0b110_110_110;

    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Readable = Passable | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private string Home => Path.Combine(root, Version);

    public string FolderOf(string tenant) => IsPod(tenant) ? Path.Combine(Home, Pods, tenant) : Path.Combine(Home, tenant);

    private static bool IsPod(string tenant) => Guid.TryParse(tenant, out _);

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
        if (IsPod(tenant)) Directory.CreateDirectory(Path.Combine(Home, Pods), Closed);
        var folder = FolderOf(tenant);
        Directory.CreateDirectory(folder);
        // A pod's may have been made by the kubelet, which mounts it before anybody fills it.
        File.SetUnixFileMode(folder, Readable);
        var path = Path.Combine(folder, name);
        if (!File.Exists(path) && Bpf.Pin(map, path) is < 0 and var error) return error;
        if (!IsPod(tenant) && Libc.ChangeOwner(path, 0, group) != 0) return -1;
        File.SetUnixFileMode(path, IsPod(tenant) ? Everybody : mode);
        return 0;
    }

    /// <summary>
    /// Takes all of a tenant's pins away if another map than this one is pinned under the name. Applications take up a folder's maps together, and only when its slots are
    /// others. The folder stays: it may be mounted into a pod.
    /// </summary>
    public void ClearUnless(string tenant, string name, int map)
    {
        var pinned = Bpf.Open(Path.Combine(FolderOf(tenant), name));
        if (pinned < 0) return;
        var isThis = Bpf.Id(pinned) == Bpf.Id(map);
        Libc.Close(pinned);
        if (isThis) return;
        foreach (var pin in Directory.EnumerateFiles(FolderOf(tenant))) File.Delete(pin);
    }

    /// <summary>Pods that an earlier agent served and that are gone: their folders hold maps. One that is empty was made by the kubelet for a pod that is still to come.</summary>
    public void RemoveOtherPods(IReadOnlyCollection<string> living)
    {
        var pods = Path.Combine(Home, Pods);
        if (!Directory.Exists(pods)) return;
        foreach (var folder in Directory.EnumerateDirectories(pods))
            if (!living.Contains(Path.GetFileName(folder)) && Directory.EnumerateFiles(folder).Any()) Directory.Delete(folder, recursive: true);
    }

    public void Remove(string tenant)
    {
        if (Directory.Exists(FolderOf(tenant))) Directory.Delete(FolderOf(tenant), recursive: true);
    }
}
