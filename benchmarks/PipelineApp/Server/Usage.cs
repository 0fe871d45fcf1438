using System.Globalization;

namespace PipelineApp.Server;

/// <summary>What this process has used so far. <see cref="Environment.CpuUsage"/> is in microseconds where <c>/proc</c> has ticks of 10 ms.</summary>
internal readonly record struct Usage(double CpuMicroseconds, long AllocatedBytes)
{
    public static Usage Now() => new(Environment.CpuUsage.TotalTime.TotalMicroseconds, GC.GetTotalAllocatedBytes(precise: false));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CpuMicroseconds:0} {AllocatedBytes}");
}
