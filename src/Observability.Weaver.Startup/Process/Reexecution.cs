using System.Text;

namespace Observability.Weaver.Startup.Process;

/// <summary>
/// Runs the process anew in its own place: the same number, arguments, folder and open files, with other variables. Arguments and variables are
/// taken as the bytes that the kernel kept, whatever their encoding.
/// </summary>
internal static class Reexecution
{
    private const string Self = "/proc/self/exe";

    /// <summary>Does not return when it succeeds; otherwise the reason.</summary>
    public static string Run(IReadOnlyDictionary<string, string?> changes)
    {
        if (File.ResolveLinkTarget(Self, returnFinalTarget: false)?.FullName is not { } program || !File.Exists(program)) return "its program file is gone";
        var arguments = Split(File.ReadAllBytes("/proc/self/cmdline"));
        var environment = Changed(Split(File.ReadAllBytes("/proc/self/environ")), changes);
        using var ports = DiagnosticPorts.SetAside(Environment.ProcessId);
        return $"error {NativeCalls.Execute(program, arguments, environment)} of execve";
    }

    internal static List<byte[]> Changed(IEnumerable<byte[]> environment, IReadOnlyDictionary<string, string?> changes)
    {
        var kept = environment.Where(variable => !changes.Keys.Any(name => variable.AsSpan().StartsWith(Encoding.UTF8.GetBytes(name + "=")))).ToList();
        kept.AddRange(changes.Where(change => change.Value is not null).Select(change => Encoding.UTF8.GetBytes($"{change.Key}={change.Value}")));
        return kept;
    }

    internal static List<byte[]> Split(byte[] texts)
    {
        var list = new List<byte[]>();
        for (var start = 0; start < texts.Length;)
        {
            var end = Array.IndexOf(texts, (byte)0, start);
            if (end < 0) end = texts.Length;
            list.Add(texts[start..end]);
            start = end + 1;
        }
        return list;
    }
}
