using System.Runtime.InteropServices;

namespace Observability.Resources;

/// <summary><c>os.type</c>, <c>os.description</c>, <c>os.name</c>, <c>os.version</c>; on Linux the distribution's by os-release(5).</summary>
internal sealed class OperatingSystemDetector(MachineFiles files) : IFactDetector
{
    public void Detect(ResourceFacts facts)
    {
        facts.Add("os.type", OsType());
        facts.Add("os.description", RuntimeInformation.OSDescription);
        var release = files.OsReleases.FirstOrDefault(File.Exists) is { } path ? MachineFiles.Lines(path).ToList() : [];
        facts.Add("os.name", Value(release, "NAME"));
        facts.Add("os.version", Value(release, "VERSION_ID") ?? Environment.OSVersion.Version.ToString());
    }

    private static string? OsType() =>
        OperatingSystem.IsLinux() ? "linux"
        : OperatingSystem.IsWindows() ? "windows"
        : OperatingSystem.IsMacOS() ? "darwin"
        : OperatingSystem.IsFreeBSD() ? "freebsd"
        : null;

    private static string? Value(IEnumerable<string> release, string name) =>
        release.Where(line => line.StartsWith(name + "=", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..].Trim().Trim('"', '\'')).FirstOrDefault();
}
