using System;

namespace Observability.StartupHooks.Admission;

/// <summary>Names of processes; a <c>*</c> at the end stands for any rest, case does not matter.</summary>
internal static class NamePattern
{
    public static bool Any(string[] patterns, string name)
    {
        foreach (var pattern in patterns)
            if (Matches(pattern.Trim(), name)) return true;
        return false;
    }

    private static bool Matches(string pattern, string name)
    {
        if (pattern.Length == 0) return false;
        return pattern[pattern.Length - 1] == '*'
            ? name.StartsWith(pattern.Substring(0, pattern.Length - 1), StringComparison.OrdinalIgnoreCase)
            : string.Equals(pattern, name, StringComparison.OrdinalIgnoreCase);
    }
}
