using System.Text;

namespace Observability.Weaver.Startup.Process;

/// <summary>
/// Runs the process anew in its own place: the same number, arguments, folder and open files, with other variables. Arguments and variables are
/// taken as the bytes that the kernel kept, whatever their encoding. Plain loops: what is generic over values would be compiled at every start.
/// </summary>
internal static class Reexecution
{
    private const string Self = "/proc/self/exe";

    /// <summary>Does not return when it succeeds; otherwise the reason.</summary>
    public static string Run(string[] changes)
    {
        if (File.ResolveLinkTarget(Self, returnFinalTarget: false)?.FullName is not { } program || !File.Exists(program)) return "its program file is gone";
        var arguments = Split(File.ReadAllBytes("/proc/self/cmdline"));
        var environment = Changed(Split(File.ReadAllBytes("/proc/self/environ")), changes);
        using var ports = DiagnosticPorts.SetAside();
        return $"error {NativeCalls.Execute(program, arguments, environment)} of execve";
    }

    /// <summary>The environment with some variables, <c>NAME=value</c>, added or in place of those of the same name.</summary>
    internal static byte[][] Changed(byte[][] environment, string[] changes)
    {
        var count = 0;
        var kept = new byte[environment.Length + changes.Length][];
        foreach (var variable in environment)
            if (!IsChanged(variable, changes)) kept[count++] = variable;
        foreach (var change in changes) kept[count++] = Encoding.UTF8.GetBytes(change);
        return kept[..count];
    }

    private static bool IsChanged(byte[] variable, string[] changes)
    {
        foreach (var change in changes)
        {
            var name = Encoding.UTF8.GetBytes(change, 0, change.IndexOf('=', StringComparison.Ordinal) + 1);
            if (variable.AsSpan().StartsWith(name)) return true;
        }
        return false;
    }

    internal static byte[][] Split(byte[] texts)
    {
        var list = new List<byte[]>();
        for (var start = 0; start < texts.Length;)
        {
            var end = start;
            while (end < texts.Length && texts[end] != 0) end++;
            list.Add(texts[start..end]);
            start = end + 1;
        }
        return [.. list];
    }
}
