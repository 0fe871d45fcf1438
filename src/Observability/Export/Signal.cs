namespace Observability.Export;

/// <summary>The three kinds of telemetry.</summary>
internal enum Signal
{
    Traces,
    Metrics,
    Logs,
}
