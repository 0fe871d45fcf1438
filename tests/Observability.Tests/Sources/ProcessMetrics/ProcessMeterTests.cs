using System.Diagnostics;
using Observability.Sources.ProcessMetrics;

namespace Observability.Tests.Sources.ProcessMetrics;

[Collection(Alone.Name)]
public class ProcessMeterTests
{
    [SkippableFact]
    public void Memory_threads_and_descriptors_agree_with_proc()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        using var meter = new ProcessMeter(TimeProvider.System);
        using var collected = new Collected(meter);
        // Other tests allocate, start threads and open sockets meanwhile; the kernel's own answers right before and after bound what is right.
        AgreesWith(() => Status("VmRSS") * 1024, () => collected.Now()["process.memory.usage"], slack: 32 << 20);
        AgreesWith(() => Status("VmSize") * 1024, () => collected.Now()["process.memory.virtual"], slack: 512 << 20);
        AgreesWith(() => Status("Threads"), () => collected.Now()["process.thread.count"], slack: 8);
        AgreesWith(() => Directory.GetFileSystemEntries("/proc/self/fd").Length - 1, () => collected.Now()["process.open_file_descriptor.count"], slack: 16);
    }

    [Fact]
    public void Processor_time_agrees_with_the_runtimes_and_grows_with_work()
    {
        using var meter = new ProcessMeter(TimeProvider.System);
        using var collected = new Collected(meter);
        var before = collected.Now()["process.cpu.time/user"];
        var busy = Environment.CpuUsage.UserTime + TimeSpan.FromMilliseconds(50);
        while (Environment.CpuUsage.UserTime < busy) Thread.SpinWait(1000);
        var after = collected.Now();
        Assert.InRange(after["process.cpu.time/user"] - before, 0.049, double.MaxValue);
        Assert.InRange(after["process.cpu.time/user"], before, Environment.CpuUsage.UserTime.TotalSeconds);
        Assert.InRange(after["process.cpu.time/system"], 0, Environment.CpuUsage.PrivilegedTime.TotalSeconds);
    }

    [Fact]
    public void Utilization_is_the_share_of_all_processors_since_the_measurement_before()
    {
        var time = new ManualTime();
        var used = (User: TimeSpan.FromSeconds(10), System: TimeSpan.FromSeconds(1));
        var utilization = new CpuUtilization(time, () => used, processors: 4);
        time.Advance(TimeSpan.FromSeconds(10));
        used = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2));
        Assert.Equal((0.5, 0.025), utilization.Measure());
        time.Advance(TimeSpan.FromMilliseconds(10));
        used = (TimeSpan.FromSeconds(99), TimeSpan.FromSeconds(9));
        Assert.Equal((0.5, 0.025), utilization.Measure());
    }

    [SkippableFact]
    public void Uptime_is_the_machines_since_the_processs_start()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        // Field 22, starttime, is 90,050 hundredths of a second.
        using var machine = new FakeMachine()
            .With("proc/stat", "7 (a (b) c) S 1 7 7 0 -1 4194560 5 0 6 0 1 1 0 0 20 0 9 0 90050 1000 50 18446744073709551615\n")
            .With("proc/uptime", "1000.50 3000.00\n");
        var time = new ManualTime();
        using var meter = new ProcessMeter(time, machine.Files);
        using var collected = new Collected(meter);
        Assert.Equal(100, collected.Now()["process.uptime"], 0.001);
        time.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(190, collected.Now()["process.uptime"], 0.001);
    }

    [Theory]
    [InlineData("5.00 1.00")]
    [InlineData("nothing of the kind")]
    public void Uptime_is_asked_of_the_runtime_where_the_kernels_answer_cannot_be(string uptime)
    {
        using var machine = new FakeMachine().With("proc/stat", "7 (a) S 1 7 7 0 -1 4194560 5 0 6 0 1 1 0 0 20 0 9 0 90050 1000 50 18446744073709551615\n").With("proc/uptime", uptime);
        AgreesWithTheRuntime(machine.Files);
    }

    [Fact]
    public void Uptime_agrees_with_the_runtimes() => AgreesWithTheRuntime(files: null);

    private static void AgreesWithTheRuntime(ProcFiles? files)
    {
        using var process = Process.GetCurrentProcess();
        var started = process.StartTime.ToUniversalTime();
        var before = DateTime.UtcNow - started;
        using var meter = new ProcessMeter(new ManualTime(), files);
        using var collected = new Collected(meter);
        // The kernel counts in hundredths of a second.
        Assert.InRange(collected.Now()["process.uptime"], before.TotalSeconds - 0.1, (DateTime.UtcNow - started).TotalSeconds + 0.1);
    }

    [SkippableFact]
    public void Container_metrics_agree_with_the_control_groups_files()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "control groups are Linux's");
        using var machine = new FakeMachine()
            .With("proc/cgroup", "0::/\n")
            .With("proc/mountinfo", "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
            .With("sys/fs/cgroup/cpu.stat", "usage_usec 5000000\nuser_usec 3000000\nsystem_usec 2000000\nnr_periods 100\nnr_throttled 7\nthrottled_usec 1500000\n")
            .With("sys/fs/cgroup/cpu.max", "50000 100000\n")
            .With("sys/fs/cgroup/memory.current", "100\n")
            .With("sys/fs/cgroup/memory.stat", "inactive_file 40\n")
            .With("sys/fs/cgroup/memory.max", "200\n");
        using var meter = new ProcessMeter(TimeProvider.System, machine.Files);
        using var collected = new Collected(meter);
        var containers = collected.Now().Where(value => value.Key.StartsWith("container.", StringComparison.Ordinal)).ToDictionary();
        var expected = new Dictionary<string, double>
        {
            ["container.cpu.time/user"] = 3,
            ["container.cpu.time/system"] = 2,
            ["container.cpu.limit"] = 0.5,
            ["container.cpu.throttled.periods"] = 7,
            ["container.cpu.throttled.time"] = 1.5,
            ["container.memory.usage"] = 100,
            ["container.memory.working_set"] = 60,
            ["container.memory.limit"] = 200,
        };
        Assert.Equal(expected.OrderBy(value => value.Key), containers.OrderBy(value => value.Key));
        machine.With("sys/fs/cgroup/memory.current", "150\n");
        Assert.Equal(150, collected.Now()["container.memory.usage"]);
    }

    [SkippableFact]
    public void This_machines_control_group_is_read_as_its_own_files_say()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "control groups are Linux's");
        var group = ControlGroup.Find(new ProcFiles());
        Skip.If(group?.MemoryUsage is null, "this process is in no control group that accounts memory");
        var line = File.ReadLines("/proc/self/cgroup").Select(entry => entry.Split(':', 3)).First(entry => entry[1] is "memory" or "");
        var file = line[1] == "memory" ? $"/sys/fs/cgroup/memory{line[2]}/memory.usage_in_bytes" : $"/sys/fs/cgroup{line[2]}/memory.current";
        Skip.IfNot(File.Exists(file), $"{file} is mounted elsewhere");
        AgreesWith(() => double.Parse(File.ReadAllText(file)), () => group.MemoryUsage.Value, slack: 256 << 20);
    }

    [Fact]
    public void A_collection_allocates_little()
    {
        using var meter = new ProcessMeter(TimeProvider.System);
        using var collected = new Collected(meter);
        collected.Now();
        var before = GC.GetAllocatedBytesForCurrentThread();
        collected.Now();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 (a")]
    [InlineData("1 (a) R 1 2")]
    public void A_stat_file_of_another_shape_is_not_believed(string stat)
    {
        using var machine = new FakeMachine().With("proc/stat", stat);
        var reading = new ProcessReader(machine.Files).Read();
        Assert.InRange(reading.ResidentBytes, 1 << 20, long.MaxValue);
        Assert.InRange(reading.Threads, 1, 10_000);
    }

    [SkippableFact]
    public void A_command_name_with_blanks_and_parentheses_shifts_no_field()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        const string Stat = "42 (a ) (b) c) S 1 42 42 0 -1 4194560 1111 0 22 0 100 50 0 0 20 0 17 0 12345 987654321 300 18446744073709551615 1\n";
        using var machine = new FakeMachine().With("proc/stat", Stat);
        var expected = new ProcessReading(300 * Environment.SystemPageSize, 987_654_321, 17, 1111, 22);
        Assert.Equal(expected, new ProcessReader(machine.Files).Read());
    }

    private static void AgreesWith(Func<double> kernel, Func<double> ours, double slack)
    {
        var (before, measured, after) = (kernel(), ours(), kernel());
        Assert.InRange(measured, Math.Min(before, after) - slack, Math.Max(before, after) + slack);
    }

    private static double Status(string name) =>
        double.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split([':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)[1]);
}
