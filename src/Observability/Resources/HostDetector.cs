using System.Runtime.InteropServices;

namespace Observability.Resources;

/// <summary>
/// <c>host.name</c>, <c>host.arch</c>, and on Linux <c>host.id</c> from the machine id. In a container that file, if there is one, is the image's and the same on
/// every machine: no host.id then.
/// </summary>
internal sealed class HostDetector(MachineFiles files) : IFactDetector
{
    public void Detect(ResourceFacts facts)
    {
        facts.Add("host.name", Environment.MachineName);
        facts.Add("host.arch", Name(RuntimeInformation.OSArchitecture));
        var contained = facts.Has("container.id") || facts.Has("k8s.pod.name") || facts.Has("k8s.pod.uid") || files.ContainerMarks.Any(File.Exists);
        if (contained) return;
        facts.Add("host.id", files.MachineIds.SelectMany(MachineFiles.Lines).Select(line => line.Trim()).FirstOrDefault(IsMachineId));
    }

    /// <summary>32 hex digits; systemd writes "uninitialized" there at an image's first boot.</summary>
    private static bool IsMachineId(string line) => line.Length == 32 && line.All(char.IsAsciiHexDigit);

    /// <summary>The convention's names.</summary>
    private static string Name(Architecture architecture) => architecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.X86 => "x86",
        Architecture.Arm64 => "arm64",
        Architecture.Arm or Architecture.Armv6 => "arm32",
        Architecture.Ppc64le => "ppc64",
        Architecture.S390x => "s390x",
        _ => architecture.ToString().ToLowerInvariant(),
    };
}
