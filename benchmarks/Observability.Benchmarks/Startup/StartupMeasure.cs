namespace Observability.Benchmarks.Startup;

/// <summary>One start of one process, from the moment it was asked for.</summary>
/// <param name="ToMain">Milliseconds until <c>Main</c> runs.</param>
/// <param name="FirstResponse">Milliseconds until the first request is answered.</param>
/// <param name="PeakMegabytes">The most memory that was resident.</param>
/// <param name="ProcessorTime">Milliseconds of processor time that it took all in all, up to a second after the first response.</param>
internal sealed record StartupMeasure(double ToMain, double FirstResponse, double PeakMegabytes, double ProcessorTime);
