using System.Diagnostics.Tracing;

namespace Observability.Logging;

/// <summary>The logger's own failures, by diagnostic id. The core package turns them into rate-limited log lines and the health check.</summary>
[EventSource(Name = "Observability-Logging")]
internal sealed class LoggingEventSource : EventSource
{
    public const string OutputFailedText = "OBS2002: Writing log lines to {0} failed ({1}); it is tried again, and lines wait in memory meanwhile. Restore the output.";
    public const string LinesLostText = "OBS2006: {0} log lines were lost because the output did not take them before the process ended; unblock the output or raise ExitWaitMilliseconds.";

    public static readonly LoggingEventSource Log = new();

    private LoggingEventSource()
    {
    }

    [Event(2001, Level = EventLevel.Warning, Message = "OBS2001: {0} log lines were dropped because the queue was full: the output fails, or is slower than the application. Restore the output or unblock its reader, raise MaxQueueBytes, or log less.")]
    public void LinesDropped(long lines) => WriteEvent(2001, lines);

    [Event(2002, Level = EventLevel.Error, Message = OutputFailedText)]
    public void OutputFailed(string output, string fault) => WriteEvent(2002, output, fault);

    [Event(2003, Level = EventLevel.Informational, Message = "OBS2003: Writing log lines to {0} works again.")]
    public void OutputRecovered(string output) => WriteEvent(2003, output);

    [Event(2004, Level = EventLevel.Warning, Message = "OBS2004: A logged value of type {0} threw {1}; its line says so in the value's place. Correct the member that throws.")]
    public void ValueThrew(string type, string fault) => WriteEvent(2004, type, fault);

    [Event(2005, Level = EventLevel.Warning, Message = "OBS2005: The log file {0} could not be rotated ({1}); it goes on growing, and the rotation is tried again each minute. Check the folder's permissions and free space.")]
    public void RotationFailed(string path, string fault) => WriteEvent(2005, path, fault);

    [Event(2006, Level = EventLevel.Error, Message = LinesLostText)]
    public void LinesLost(long lines) => WriteEvent(2006, lines);

    [Event(2007, Level = EventLevel.Error, Message = "OBS2007: Changed logging settings are not used because they are faulty, the former ones stay: {0} Correct the configuration.")]
    public void SettingsRefused(string faults) => WriteEvent(2007, faults);

    [Event(2008, Level = EventLevel.Warning, Message = "OBS2008: A log call failed inside the logger ({0}); the line carries its message only. Report this with the message template.")]
    public void LineFailed(string fault) => WriteEvent(2008, fault);
}
