using Observability.Resources;

namespace Observability.Tests.Resources;

public class ContainerDetectorTests
{
    private const string Id = "d86d75589bf6cc254f3e2cc29debdf85dde404998aa128997a819ff991827356";

    [Theory]
    [InlineData("docker-cgroup-v1", Id)]
    [InlineData("docker-systemd-cgroup-v2", Id)]
    [InlineData("kubernetes-containerd-cgroup-v1", Id)]
    [InlineData("kubernetes-cri-containerd-cgroup-v2", Id)]
    [InlineData("kubernetes-systemd-colons-cgroup-v1", Id)]
    [InlineData("fargate-cgroup-v1", "5a0d5ceddf6c44c1928d367a815d890f-2628304720")]
    [InlineData("private-namespace-cgroup-v2", null)]
    [InlineData("virtual-machine-cgroup-v1", null)]
    public void The_control_groups_path_tells_the_container(string file, string? id) =>
        Assert.Equal(id, Detected(Captured.Nothing with { ControlGroups = Captured.Path(file) }));

    [Theory]
    [InlineData("docker-mountinfo", Id)]
    [InlineData("podman-mountinfo", Id)]
    [InlineData("virtual-machine-mountinfo", null)]
    public void The_mounts_tell_where_the_control_group_is_hidden(string file, string? id) =>
        Assert.Equal(id, Detected(Captured.Nothing with { ControlGroups = Captured.Path("private-namespace-cgroup-v2"), Mounts = Captured.Path(file) }));

    [Theory]
    [InlineData("kubernetes-docker-mountinfo")]
    [InlineData("kubernetes-containerd-mountinfo")]
    public void The_pause_containers_id_is_never_taken_for_ones_own(string file) =>
        Assert.Null(Detected(Captured.Nothing with { ControlGroups = Captured.Path("private-namespace-cgroup-v2"), Mounts = Captured.Path(file) }));

    [Fact]
    public void An_id_that_the_user_gave_stays() =>
        Assert.Equal("mine", Captured.Facts(new ContainerDetector(Captured.Nothing with { ControlGroups = Captured.Path("docker-cgroup-v1") }), ("container.id", "mine"))["container.id"]);

    [Theory]
    [InlineData("")]
    [InlineData("::::")]
    [InlineData("0::/docker-.scope")]
    [InlineData("/")]
    [InlineData("1 2 3")]
    [InlineData("1 2 3 /containers /etc/hostname")]
    public void Lines_of_any_other_shape_tell_nothing(string line)
    {
        Assert.Null(ContainerId.FromControlGroups([line]));
        Assert.Null(ContainerId.FromMounts([line]));
    }

    private static object? Detected(MachineFiles files) => Captured.Facts(new ContainerDetector(files)).GetValueOrDefault("container.id");
}
