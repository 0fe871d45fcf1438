namespace Observability.Sources.ProcessMetrics;

/// <summary>What the operating system says of this process at one moment.</summary>
/// <param name="ResidentBytes">Physical memory in use.</param>
/// <param name="VirtualBytes">Address space in use.</param>
/// <param name="Threads">Threads of the operating system.</param>
/// <param name="MinorFaults">Page faults served from memory since the start.</param>
/// <param name="MajorFaults">Page faults served from disk since the start.</param>
internal readonly record struct ProcessReading(long ResidentBytes, long VirtualBytes, long Threads, long? MinorFaults = null, long? MajorFaults = null);
