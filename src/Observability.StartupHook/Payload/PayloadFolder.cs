using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace Observability.StartupHooks.Payload;

/// <summary>
/// The folder for this processor, after everything in it has been found whole. A file that was cut short can be mapped and
/// then kill the process when its missing end is touched; hence the lengths in <c>payload.txt</c> are compared before anything is loaded.
/// </summary>
internal static class PayloadFolder
{
    private const string Manifest = "payload.txt";
    private const string Any = "any";

    public static bool TryOpen(string root, out string? folder, out string? fault)
    {
        folder = null;
        var manifest = Path.Combine(root, Manifest);
        if (!File.Exists(manifest))
        {
            fault = Incomplete(manifest, "is missing");
            return false;
        }
        var name = Choose(root);
        fault = Check(root, name, File.ReadAllLines(manifest));
        if (fault is null) folder = Path.Combine(root, name);
        return fault is null;
    }

    /// <summary>Machine code where there is some for this processor, else the same assemblies as IL.</summary>
    private static string Choose(string root)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux)) return Any;
        var name = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "linux-x64",
            Architecture.Arm64 => "linux-arm64",
            _ => Any,
        };
        return Directory.Exists(Path.Combine(root, name)) ? name : Any;
    }

    /// <summary>Each line of the manifest is a length and a path.</summary>
    private static string? Check(string root, string name, string[] lines)
    {
        var access = new FileAccessRights();
        if (access.IsOpenToAll(root)) return Open(root);
        var seen = false;
        string? previous = null;
        foreach (var line in lines)
        {
            var space = line.IndexOf(' ');
            if (space < 0 || string.CompareOrdinal(line, space + 1, name, 0, name.Length) != 0 || line[space + 1 + name.Length] != '/') continue;
            var path = Path.Combine(root, line.Substring(space + 1));
            var file = new FileInfo(path);
            if (!file.Exists) return Incomplete(path, "is missing");
            if (file.Length != long.Parse(line.Substring(0, space), CultureInfo.InvariantCulture)) return Incomplete(path, "has " + file.Length + " bytes instead of " + line.Substring(0, space));
            if (access.IsOpenToAll(path)) return Open(path);
            var parent = Path.GetDirectoryName(path)!;
            if (parent != previous && access.IsOpenToAll(parent)) return Open(parent);
            previous = parent;
            seen = true;
        }
        return seen ? null : Incomplete(Path.Combine(root, Manifest), "names no file for " + name);
    }

    private static string Incomplete(string path, string what) =>
        "OBS6002: the payload of the startup hook is not whole: " + path + " " + what + ". The application runs without instrumentation; install the payload anew.";

    private static string Open(string path) =>
        "OBS6003: everybody may write to " + path + ", so nothing of the payload is loaded. The application runs without instrumentation; take that right away (chmod o-w).";
}
