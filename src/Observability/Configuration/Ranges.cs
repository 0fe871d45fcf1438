namespace Observability.Configuration;

/// <summary>What numbers and times may be, alike in the section, in code and in variables.</summary>
internal static class Ranges
{
    public static readonly Bounds<int> Items = new(1, 1_000_000);
    public static readonly Bounds<int> Count = new(0, int.MaxValue);
    public static readonly Bounds<int> Port = new(0, 65535);
    public static readonly Bounds<TimeSpan> Wait = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
    public static readonly Bounds<TimeSpan> Interval = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
    public static readonly Bounds<TimeSpan> Shutdown = new(TimeSpan.Zero, TimeSpan.FromMinutes(5));
}
