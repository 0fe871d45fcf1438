using Observability.Sources.ProcessMetrics;

namespace Observability.Tests.Sources.ProcessMetrics;

/// <summary>A folder that looks like /proc/self and /sys/fs/cgroup of another machine.</summary>
internal sealed class FakeMachine : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("machine").FullName;

    public ProcFiles Files => new() { Self = Path.Combine(_root, "proc"), Uptime = Path.Combine(_root, "proc", "uptime"), MountPrefix = _root };

    public FakeMachine With(string path, string text)
    {
        var file = Path.Combine(_root, path.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
