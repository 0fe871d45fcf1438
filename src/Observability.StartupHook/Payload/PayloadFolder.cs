using System.Globalization;
using System.IO;
using System.Text;

namespace Observability.StartupHooks.Payload;

/// <summary>
/// The folder for this processor, once the second stage in it has been found whole; that one then checks the rest. A file that was cut short can be
/// mapped and kill the process when its missing end is touched, hence the lengths in <c>payload.txt</c> are compared before anything is loaded.
/// </summary>
internal static class PayloadFolder
{
    public const string Bridge = "Observability.AutoInstrumentation.Bridge";

    private const string Manifest = "payload.txt";
    private const string Any = "any";

    /// <param name="hook">The hook's own file; the payload lies beside it.</param>
    /// <param name="platform">What the host says it runs on, such as <c>linux-x64</c>; null when it says nothing.</param>
    /// <param name="folder">The folder for this processor, when all is well.</param>
    /// <param name="fault">What to say, when it is not.</param>
    public static bool TryOpen(string hook, string? platform, out string folder, out string? fault)
    {
        var root = Path.GetDirectoryName(hook)!;
        var name = Choose(root, platform);
        folder = Path.Combine(root, name);
        fault = Check(hook, root, folder, name);
        return fault is null;
    }

    /// <summary>Machine code where there is some for this processor, else the same assemblies as IL. Machine code for Linux does not depend on its C library.</summary>
    private static string Choose(string root, string? platform)
    {
        if (Path.DirectorySeparatorChar != '/' || platform is null || platform.StartsWith("osx", System.StringComparison.Ordinal)) return Any;
        var name = "linux" + platform.Substring(platform.LastIndexOf('-') + 1).Insert(0, "-");
        return Directory.Exists(Path.Combine(root, name)) ? name : Any;
    }

    private static string? Check(string hook, string root, string folder, string name)
    {
        var manifest = Path.Combine(root, Manifest);
        var bridge = Path.Combine(folder, "bridge", Bridge + ".dll");
        if (!File.Exists(manifest)) return Incomplete(manifest, "is missing");
        if (!File.Exists(bridge)) return Incomplete(bridge, "is missing");
        var access = new FileAccessRights();
        // Every folder on the way: who may write to one of them replaces what lies below it, whatever the rights of that are.
        foreach (var path in new[] { root, hook, manifest, folder, Path.GetDirectoryName(bridge)!, bridge })
            if (access.IsOpenToAll(path)) return Open(path);
        // Read as bytes: a text reader is more code to prepare at every start.
        var expected = Length(Encoding.UTF8.GetString(File.ReadAllBytes(manifest)), name + "/bridge/" + Bridge + ".dll");
        if (expected is null) return Incomplete(manifest, "names no file for " + name);
        var length = new FileInfo(bridge).Length.ToString(CultureInfo.InvariantCulture);
        return length == expected ? null : Incomplete(bridge, "has " + length + " bytes instead of " + expected);
    }

    /// <summary>Each line of the list is a length and a path.</summary>
    private static string? Length(string list, string path)
    {
        var at = list.IndexOf(" " + path, System.StringComparison.Ordinal);
        if (at < 0) return null;
        var start = list.LastIndexOf('\n', at) + 1;
        return list.Substring(start, at - start);
    }

    private static string Incomplete(string path, string what) =>
        "OBS6002: the payload of the startup hook is not whole: " + path + " " + what + ". The application runs without instrumentation; install the payload anew.";

    private static string Open(string path) =>
        "OBS6003: everybody may write to " + path + ", so nothing of the payload is loaded. The application runs without instrumentation; take that right away (chmod o-w).";
}
