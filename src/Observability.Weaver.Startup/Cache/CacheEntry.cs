using System.Globalization;
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

    /// <summary>
    /// An entry appears by being renamed, whole; what cleans temporary folders may have taken a part of it since, a full disk or a lost machine the content, and
    /// code from a file that others may write to is not loaded.
    /// </summary>
    public bool Exists
    {
        get
        {
            if (Files.Length == 0) return false;
            foreach (var (length, file) in Files)
                if (!IsAsWritten(new FileInfo(Path.Combine(Folder, file)), length)) return false;
            return true;
        }
    }

    /// <summary>Whether it has been whole once.</summary>
    public bool IsListed => File.Exists(ListPath);

    /// <summary>The names of the woven assemblies; none where the rules picked nothing.</summary>
    public string[] Assemblies { get => field ??= Array.ConvertAll(Array.FindAll(Files, file => file.Path.EndsWith(".dll", StringComparison.Ordinal)), file => Path.GetFileNameWithoutExtension(file.Path)); }

    private string ListPath => Path.Combine(Folder, List);

    /// <summary>Lengths, and paths below the folder; none where the list itself is not whole. Read as bytes: a text reader is more code to prepare at every start.</summary>
    private (long Length, string Path)[] Files { get => field ??= IsListed ? Listed(Encoding.UTF8.GetString(File.ReadAllBytes(ListPath)).Split('\n')) : []; }

    /// <summary>Where the host looks for a library's file in a store.</summary>
    public string FileOf(string assembly) =>
        Path.Combine(Store, RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64", TargetFramework.Moniker(), $"{Library(assembly)}/lib/{assembly}.dll");

    public static string Library(string assembly) => "observability.woven." + assembly.ToLowerInvariant() + "/1.0.0";

    /// <summary>Written last, when all else is there: how many files there are, and each with its length.</summary>
    public void WriteList(IEnumerable<string> assemblies)
    {
        var lines = assemblies.Select(FileOf).Prepend(Deps).Select(file => $"{new FileInfo(file).Length} {Path.GetRelativePath(Folder, file)}").ToList();
        File.WriteAllLines(ListPath, lines.Prepend(lines.Count.ToString(CultureInfo.InvariantCulture)));
    }

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

    private static (long Length, string Path)[] Listed(string[] lines)
    {
        // The last line ends, too.
        if (!int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || lines.Length != count + 2) return [];
        var files = new (long, string)[count];
        for (var i = 0; i < count; i++)
        {
            var space = lines[i + 1].IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || !long.TryParse(lines[i + 1].AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var length)) return [];
            files[i] = (length, lines[i + 1][(space + 1)..]);
        }
        return files;
    }

    private static bool IsAsWritten(FileInfo file, long length) =>
        file.Exists && file.Length == length && (OperatingSystem.IsWindows() || (file.UnixFileMode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0);
}
