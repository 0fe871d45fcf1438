namespace Observability.Tool.Installing;

/// <summary>
/// Copies the payload. The hook is what a variable names, and a runtime that finds it starts at once: it is renamed into place when everything that it
/// needs is there. Done again it does no harm: a file is replaced by renaming, so that who has the former one mapped keeps it.
/// </summary>
internal static class Installation
{
    public const string Hook = "Observability.StartupHook.dll";

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
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var beside = $"{place}.{Environment.ProcessId}.part";
        try
        {
            File.Copy(Path.Combine(payload, file), beside, overwrite: true);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(beside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            File.Move(beside, place, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
