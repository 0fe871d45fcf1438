using System.Globalization;
using System.Text;

namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>
/// Checks the agent's files as the first stage checked this one: a file that was cut short can be mapped and kill the process when its missing end is touched, and
/// what everybody may write to is not loaded.
/// </summary>
internal static class AgentFiles
{
    /// <summary>What to say; null when all is well.</summary>
    /// <param name="payload">The folder of the payload for this processor.</param>
    /// <param name="part">Its folder that is about to be loaded from.</param>
    public static string? Fault(string payload, string part = "agent")
    {
        var (root, name) = (Path.GetDirectoryName(payload)!, Path.GetFileName(payload));
        var folder = Path.Combine(payload, part);
        if (!Directory.Exists(folder)) return Incomplete(folder, "is missing");
        if (IsOpenToAll(payload)) return Open(payload);
        if (IsOpenToAll(folder)) return Open(folder);
        var files = 0;
        var prefix = $"{name}/{part}/";
        // Read as bytes, as the first stage did: a text reader is more code to prepare at every start.
        foreach (var line in Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(root, "payload.txt"))).Split('\n', StringSplitOptions.TrimEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || string.CompareOrdinal(line, space + 1, prefix, 0, prefix.Length) != 0) continue;
            var file = new FileInfo(Path.Combine(root, line[(space + 1)..]));
            if (!file.Exists) return Incomplete(file.FullName, "is missing");
            if (file.Length.ToString(CultureInfo.InvariantCulture) != line[..space]) return Incomplete(file.FullName, $"has {file.Length} bytes instead of {line[..space]}");
            if (IsOpenToAll(file.FullName)) return Open(file.FullName);
            files++;
        }
        return files > 0 ? null : Incomplete(folder, "is not in payload.txt");
    }

    private static bool IsOpenToAll(string path) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherWrite);

    private static string Incomplete(string path, string what) =>
        $"OBS6002: the payload of the startup hook is not whole: {path} {what}. The application runs without instrumentation; install the payload anew.";

    private static string Open(string path) =>
        $"OBS6003: everybody may write to {path}, so nothing of the agent is loaded. The application runs without instrumentation; take that right away (chmod o-w).";
}
