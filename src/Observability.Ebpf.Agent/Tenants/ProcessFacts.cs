using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Observability.Ebpf.Agent.Tenants;

/// <summary>What <c>/proc</c> tells of a process. Null when it has ended, or may not be looked at.</summary>
internal static class ProcessFacts
{
    private static readonly Regex PodUid = new("pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12})", RegexOptions.CultureInvariant);
    private static readonly Regex ContainerId = new("([0-9a-f]{64})", RegexOptions.CultureInvariant);

    public static uint? Namespace(string process, string kind)
    {
        try
        {
            // net:[4026531840]
            var target = new FileInfo($"/proc/{process}/ns/{kind}").LinkTarget;
            return target is not null && uint.TryParse(target.AsSpan(target.IndexOf('[') + 1).TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Lines of <c>/proc/PID/cgroup</c>.</summary>
    public static IReadOnlyList<string> ControlGroups(string process)
    {
        try
        {
            // Read for every process of the node every few seconds: by hand, because a reader of lines would make kilobytes of garbage for each.
            using var file = File.OpenHandle($"/proc/{process}/cgroup");
            Span<byte> text = stackalloc byte[8192];
            var length = 0;
            for (int read; length < text.Length && (read = RandomAccess.Read(file, text[length..], length)) > 0;) length += read;
            return Encoding.UTF8.GetString(text[..length]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The pod's uid and the container's id, as the node's container runtime writes them into the names of control groups.</summary>
    public static (string? Pod, string? Container) PodOf(IReadOnlyList<string> controlGroups)
    {
        foreach (var line in controlGroups)
        {
            var pod = PodUid.Match(line);
            if (!pod.Success) continue;
            var container = ContainerId.Match(line);
            return (pod.Groups[1].Value.Replace('_', '-'), container.Success ? container.Groups[1].Value : null);
        }
        return default;
    }
}
