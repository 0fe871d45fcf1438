namespace Observability.Resources;

/// <summary><c>container.id</c>: from the control group where its path shows it (v1, and v2 in the host's namespace), else from the mounts.</summary>
internal sealed class ContainerDetector(MachineFiles files) : IFactDetector
{
    public void Detect(ResourceFacts facts)
    {
        if (facts.Has("container.id")) return;
        var id = ContainerId.FromControlGroups(MachineFiles.Lines(files.ControlGroups)) ?? ContainerId.FromMounts(MachineFiles.Lines(files.Mounts).ToList());
        facts.Add("container.id", id);
    }
}
