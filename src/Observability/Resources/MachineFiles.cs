namespace Observability.Resources;

/// <summary>Where Linux tells about itself; a test points these at files captured elsewhere.</summary>
internal sealed record MachineFiles
{
    private const int MostCharacters = 1 << 20;

    public string ControlGroups { get; init; } = "/proc/self/cgroup";
    public string Mounts { get; init; } = "/proc/self/mountinfo";
    public IReadOnlyList<string> MachineIds { get; init; } = ["/etc/machine-id", "/var/lib/dbus/machine-id"];
    public IReadOnlyList<string> OsReleases { get; init; } = ["/etc/os-release", "/usr/lib/os-release"];
    public string ServiceAccountNamespace { get; init; } = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

    /// <summary>Marks that Docker and Podman leave in every container.</summary>
    public IReadOnlyList<string> ContainerMarks { get; init; } = ["/.dockerenv", "/run/.containerenv"];

    /// <summary>The file's lines, at most a million characters of them; none when it does not exist or may not be read.</summary>
    public static IEnumerable<string> Lines(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            return File.ReadLines(path).TakeWhile(Within(MostCharacters)).ToList();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An unreadable file tells as much as a missing one; other paths may still answer.
            return [];
        }
    }

    private static Func<string, bool> Within(int budget) => line => (budget -= line.Length) > 0;
}
