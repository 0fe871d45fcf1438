using Observability.Ebpf.KernelEvents;

namespace Observability.Ebpf.Tests.KernelEvents;

public sealed class ThrottlingTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("observability-cgroup-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("3:cpu,cpuacct:/kubepods/pod1\n0::/other\n", "cpu,cpuacct/kubepods/pod1", "nr_throttled {0}\nthrottled_time {1}000\n")]
    [InlineData("4:cpu:/host/path/of/container\n", "cpu", "nr_throttled {0}\nthrottled_time {1}000\n")]
    [InlineData("0::/\n", "", "usage_usec 5\nnr_throttled {0}\nthrottled_usec {1}\n")]
    [InlineData("0::/user.slice\n", "unified/user.slice", "nr_throttled {0}\nthrottled_usec {1}\n")]
    public void What_was_throttled_since_the_reading_before_is_told_for_both_versions_of_control_groups(string groups, string folder, string text)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_root, folder)).FullName, "cpu.stat");
        File.WriteAllText(file, string.Format(null, text, 10, 1_000_000));
        var time = new ManualTime();
        var throttling = new Throttling(() => groups, _root, time);

        File.WriteAllText(file, string.Format(null, text, 13, 1_250_000));
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((3L, 0.25), Rounded(throttling.Read()));

        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((0L, 0), Rounded(throttling.Read()));
    }

    [Fact]
    public void A_process_without_a_quota_has_nothing_to_tell()
    {
        File.WriteAllText(Path.Combine(_root, "cpu.stat"), "usage_usec 5\n");
        Assert.Null(new Throttling(() => "0::/\n", _root, TimeProvider.System).Read());
    }

    [Fact]
    public void A_process_that_is_moved_is_followed_and_not_charged_with_what_was_before()
    {
        var groups = "0::/first\n";
        foreach (var name in new[] { "first", "second" })
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_root, name)).FullName, "cpu.stat"), "nr_throttled 100\nthrottled_usec 9000000\n");
        var time = new ManualTime();
        var throttling = new Throttling(() => groups, _root, time);

        groups = "0::/second\n";
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((0L, 0), Rounded(throttling.Read()));
        File.WriteAllText(Path.Combine(_root, "second", "cpu.stat"), "nr_throttled 102\nthrottled_usec 9500000\n");
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((2L, 0.5), Rounded(throttling.Read()));
    }

    private static (long, double)? Rounded((long Periods, double Seconds)? reading) => reading is { } known ? (known.Periods, Math.Round(known.Seconds, 6)) : null;

    private sealed class ManualTime : TimeProvider
    {
        private TimeSpan _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _passed += time;

        public override long GetTimestamp() => _passed.Ticks;
    }
}
