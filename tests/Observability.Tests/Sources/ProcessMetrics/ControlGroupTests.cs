using Observability.Sources.ProcessMetrics;

namespace Observability.Tests.Sources.ProcessMetrics;

public class ControlGroupTests
{
    private const string V2Mount = "31 23 0:28 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";
    private const string CpuStat = "usage_usec 5000000\nuser_usec 3000000\nsystem_usec 2000000\nnr_periods 100\nnr_throttled 7\nthrottled_usec 1500000\n";

    [Fact]
    public void Version_2_in_a_container_is_read_at_the_mount_point()
    {
        using var machine = new FakeMachine()
            .With("proc/cgroup", "0::/\n")
            .With("proc/mountinfo", V2Mount)
            .With("sys/fs/cgroup/cgroup.controllers", "cpu memory\n")
            .With("sys/fs/cgroup/cgroup.type", "domain\n")
            .With("sys/fs/cgroup/cpu.stat", CpuStat)
            .With("sys/fs/cgroup/cpu.max", "50000 100000\n")
            .With("sys/fs/cgroup/memory.current", "104857600\n")
            .With("sys/fs/cgroup/memory.max", "268435456\n")
            .With("sys/fs/cgroup/memory.stat", "anon 80000000\nfile 20000000\ninactive_file 10000000\n");
        var group = ControlGroup.Find(machine.Files);
        Assert.IsType<ControlGroupV2>(group);
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2)), group.CpuTime);
        Assert.Equal(0.5, group.CpuLimit);
        Assert.Equal((7, TimeSpan.FromSeconds(1.5)), group.Throttled);
        Assert.Equal(104_857_600, group.MemoryUsage);
        Assert.Equal(94_857_600, group.MemoryWorkingSet);
        Assert.Equal(268_435_456, group.MemoryLimit);
    }

    [Fact]
    public void A_parents_tighter_limit_binds()
    {
        using var machine = new FakeMachine()
            .With("proc/cgroup", "0::/user.slice/app.scope\n")
            .With("proc/mountinfo", V2Mount)
            .With("sys/fs/cgroup/user.slice/cpu.max", "150000 100000\n")
            .With("sys/fs/cgroup/user.slice/memory.max", "1000\n")
            .With("sys/fs/cgroup/user.slice/app.scope/cpu.max", "max 100000\n")
            .With("sys/fs/cgroup/user.slice/app.scope/memory.max", "2000\n")
            .With("sys/fs/cgroup/user.slice/app.scope/memory.current", "500\n");
        var group = ControlGroup.Find(machine.Files)!;
        Assert.Equal((1.5, 1000, 500), (group.CpuLimit!.Value, group.MemoryLimit!.Value, group.MemoryUsage!.Value));
        Assert.Null(group.CpuTime);
    }

    [Fact]
    public void The_machines_own_root_is_no_container()
    {
        using var machine = new FakeMachine()
            .With("proc/cgroup", "0::/\n")
            .With("proc/mountinfo", V2Mount)
            .With("sys/fs/cgroup/cgroup.controllers", "cpu memory\n")
            .With("sys/fs/cgroup/cpu.stat", CpuStat);
        Assert.Null(ControlGroup.Find(machine.Files));
    }

    [Fact]
    public void Version_1_is_read_where_each_controller_is_mounted()
    {
        const string Id = "d86d75589bf6cc254f3e2cc29debdf85dde404998aa128997a819ff991827356";
        using var machine = new FakeMachine()
            .With("proc/cgroup", $"4:memory:/docker/{Id}\n3:cpu,cpuacct:/docker/{Id}\n0::/system.slice/containerd.service\n")
            .With(
                "proc/mountinfo",
                $"""
                35 31 0:32 /docker/{Id} /sys/fs/cgroup/memory ro,relatime - cgroup cgroup rw,memory
                36 31 0:33 /docker/{Id} /sys/fs/cgroup/cpu,cpuacct ro,relatime - cgroup cgroup rw,cpu,cpuacct

                """)
            .With("sys/fs/cgroup/memory/memory.usage_in_bytes", "3000000\n")
            .With("sys/fs/cgroup/memory/memory.limit_in_bytes", "4000000\n")
            .With("sys/fs/cgroup/memory/memory.stat", "cache 1\ninactive_file 5\ntotal_inactive_file 1000000\n")
            .With("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "200000\n")
            .With("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n")
            .With("sys/fs/cgroup/cpu,cpuacct/cpu.stat", "nr_periods 9\nnr_throttled 4\nthrottled_time 2500000000\n")
            .With("sys/fs/cgroup/cpu,cpuacct/cpuacct.stat", "user 250\nsystem 50\n");
        var group = ControlGroup.Find(machine.Files);
        Assert.IsType<ControlGroupV1>(group);
        Assert.Equal((TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(0.5)), group.CpuTime);
        Assert.Equal((4, TimeSpan.FromSeconds(2.5)), group.Throttled);
        Assert.Equal((2.0, 3_000_000, 2_000_000, 4_000_000), (group.CpuLimit!.Value, group.MemoryUsage!.Value, group.MemoryWorkingSet!.Value, group.MemoryLimit!.Value));
    }

    [Fact]
    public void No_limit_is_told_as_none()
    {
        using var machine = new FakeMachine()
            .With("proc/cgroup", "4:memory:/a\n3:cpu:/a\n")
            .With("proc/mountinfo", "35 31 0:32 / /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n36 31 0:33 / /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu\n")
            .With("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "9223372036854771712\n")
            .With("sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "-1\n")
            .With("sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n");
        var group = ControlGroup.Find(machine.Files)!;
        Assert.Null(group.MemoryLimit);
        Assert.Null(group.CpuLimit);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("0::/\n", "")]
    [InlineData("garbage\n::\n", "more garbage - \n - - -\n")]
    [InlineData("0::/gone\n", V2Mount)]
    public void A_machine_that_does_not_tell_has_no_group(string groups, string mounts)
    {
        using var machine = new FakeMachine().With("proc/cgroup", groups).With("proc/mountinfo", mounts);
        Assert.Null(ControlGroup.Find(machine.Files));
        Assert.Null(ControlGroup.Find(new ProcFiles { Self = "/nonexistent" }));
    }
}
