using System.Runtime.InteropServices;

namespace Observability.Benchmarks.Prometheus;

/// <summary>The processor time of the calling thread, in nanoseconds: what a scrape costs, whoever else runs on the machine.</summary>
internal static partial class ProcessorClock
{
    private const int ThreadCpuTime = 3;

    public static long Now()
    {
        if (!OperatingSystem.IsLinux()) return (long)(System.Diagnostics.Stopwatch.GetTimestamp() * (1e9 / System.Diagnostics.Stopwatch.Frequency));
        _ = ClockGetTime(ThreadCpuTime, out var time);
        return time.Seconds * 1_000_000_000 + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
