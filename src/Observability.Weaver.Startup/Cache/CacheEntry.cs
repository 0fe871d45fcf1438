using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Observability.Weaver.Startup.Cache;

/// <summary>The woven assemblies of one application in one state, laid out as the host's additional dependencies and their store.</summary>
internal sealed class CacheEntry(string folder)
{
    private const string List = "woven.txt";

    /// <summary>Held as long as the process lives, so that nobody cleans the entry away under it.</summary>
    private static SafeFileHandle? s_held;

    public string Folder { get; } = folder;
    public string Deps => Path.Combine(Folder, "woven.deps.json");
    public string Store => Path.Combine(Folder, "store");
    public string ReportPath => Path.Combine(Folder, "report.json");

    /// <summary>An entry appears by being renamed, whole; what cleans temporary folders may have taken a part of it since.</summary>
    public bool Exists
    {
        get
        {
            if (!IsListed) return false;
            foreach (var file in Files)
                if (!File.Exists(Path.Combine(Folder, file))) return false;
            return true;
        }
    }

    /// <summary>Whether it has been whole once.</summary>
    public bool IsListed => File.Exists(ListPath);

    /// <summary>The names of the woven assemblies; none where the rules picked nothing.</summary>
    public string[] Assemblies { get => field ??= Array.ConvertAll(Files, file => Path.GetFileNameWithoutExtension(file)); }

    private string ListPath => Path.Combine(Folder, List);

    /// <summary>Their paths below the folder. Read as bytes: a text reader is more code to prepare at every start.</summary>
    private string[] Files { get => field ??= IsListed ? Encoding.UTF8.GetString(File.ReadAllBytes(ListPath)).Split('\n', StringSplitOptions.RemoveEmptyEntries) : []; }

    /// <summary>Where the host looks for a library's file in a store.</summary>
    public string FileOf(string assembly) =>
        Path.Combine(Store, RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64", TargetFramework.Moniker(), $"{Library(assembly)}/lib/{assembly}.dll");

    public static string Library(string assembly) => "observability.woven." + assembly.ToLowerInvariant() + "/1.0.0";

    public void WriteList(IEnumerable<string> assemblies) => File.WriteAllLines(ListPath, assemblies.Select(assembly => Path.GetRelativePath(Folder, FileOf(assembly))));

    public void Hold()
    {
        try
        {
            s_held = File.OpenHandle(ListPath, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (IOException)
        {
            // Somebody cleans it away at this moment; what is mapped stays readable.
        }
    }

    /// <summary>Whether no process holds the entry.</summary>
    public bool IsFree()
    {
        try
        {
            using var file = new FileStream(ListPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
