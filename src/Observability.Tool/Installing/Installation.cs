namespace Observability.Tool.Installing;

/// <summary>
/// Copies the payload. The hook is what a variable names, and a runtime that finds it starts at once: it is renamed into place when everything that it
/// needs is there. Done again it does no harm: a file is replaced by renaming, so that who has the former one mapped keeps it.
/// </summary>
internal static class Installation
{
    public const string Hook = "Observability.StartupHook.dll";

    private const UnixFileMode ReadableFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadableFolder = ReadableFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Returns the full path of the hook.</summary>
    public static string Into(string folder, string payload)
    {
        if (!File.Exists(Path.Combine(payload, Hook))) throw new IOException($"no payload in {payload}: install the tool anew.");
        var target = Path.GetFullPath(folder);
        var files = Directory.GetFiles(payload, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(payload, file)).Order(StringComparer.Ordinal);
        foreach (var file in files.Where(file => file != Hook)) Place(payload, target, file);
        Place(payload, target, Hook);
        return Path.Combine(target, Hook);
    }

    private static void Place(string payload, string target, string file)
    {
        var place = Path.Combine(target, file);
        Open(Path.GetDirectoryName(place)!);
        var beside = $"{place}.{Environment.ProcessId}.part";
        try
        {
            File.Copy(Path.Combine(payload, file), beside, overwrite: true);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(beside, ReadableFile);
            File.Move(beside, place, overwrite: true);
        }
        catch (IOException fault)
        {
            // A full disk, for one, does not say where.
            throw new IOException($"{place} could not be written: {fault.Message}", fault);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Makes a folder that every user's applications can read from and nobody else can write to, whatever the umask; one that is there is left as it is.</summary>
    private static void Open(string folder)
    {
        if (Directory.Exists(folder)) return;
        if (Path.GetDirectoryName(folder) is { } parent) Open(parent);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        // Made with these rights, less the umask, so that it is open to nobody meanwhile.
        Directory.CreateDirectory(folder, ReadableFolder);
        File.SetUnixFileMode(folder, ReadableFolder);
    }
}
