using System.Diagnostics.Tracing;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Observability.Diagnostics;

/// <summary>
/// Writes own failures to the application's log, category <c>Observability.Diagnostics</c>: the first of a kind at once,
/// then at most one a minute, saying how many were held back. Never on the thread that failed.
/// </summary>
internal sealed class DiagnosticLines : IDisposable
{
    public const string Category = "Observability.Diagnostics";

    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    /// <summary>What waits is short; a log that hangs must not keep the process.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly Channel<DiagnosticEvent> _waiting = Channel.CreateBounded<DiagnosticEvent>(
        new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly DiagnosticKinds _kinds = new();
    private readonly Lock _writing = new();
    private ILogger? _logger;

    public DiagnosticLines(TimeProvider time) => _time = time;

    /// <summary>Takes an event; cheap, never blocks, callable from anywhere.</summary>
    public void Offer(DiagnosticEvent diagnostic)
    {
        // One id about different subjects (another queue, another fault) is told once for each.
        if (!_kinds.Of(diagnostic).MaySpeak(_time, Silence, out var heldBack)) return;
        if (heldBack > 0) diagnostic = diagnostic with { Message = $"{diagnostic.Message} ({heldBack} more of this kind since the last line)" };
        _waiting.Writer.TryWrite(diagnostic);
    }

    /// <summary>Begins to write, with what was offered before.</summary>
    public void WriteTo(ILogger logger)
    {
        if (Interlocked.CompareExchange(ref _logger, logger, null) is null) _ = Task.Run(() => Follow(logger));
    }

    /// <summary>Waits until everything that was offered so far is in the log: there may be no later moment.</summary>
    public void Drain()
    {
        // A thread of its own: the pool may be exhausted, and at the end of a process nobody feeds it.
        if (Volatile.Read(ref _logger) is { } logger)
            Task.Factory.StartNew(() => WriteWaiting(logger), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Wait(LongestDrain);
    }

    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        Drain();
    }

    private async Task Follow(ILogger logger)
    {
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false)) WriteWaiting(logger);
    }

    private void WriteWaiting(ILogger logger)
    {
        // Whoever finds nothing waiting has also waited for what the other was just writing.
        lock (_writing)
        {
            while (_waiting.Reader.TryRead(out var diagnostic))
            {
                try
                {
                    Line(logger, Level(diagnostic.Level), new EventId(diagnostic.Id, "OBS" + diagnostic.Id), diagnostic.Message);
                }
                catch (Exception)
                {
                    // A provider of the application's threw; there is nowhere left to say so, the counters have it.
                }
            }
        }
    }

    private static LogLevel Level(EventLevel level) => level switch
    {
        EventLevel.Critical or EventLevel.Error => LogLevel.Error,
        EventLevel.Warning => LogLevel.Warning,
        _ => LogLevel.Information,
    };

    private static void Line(ILogger logger, LogLevel level, EventId id, string message)
    {
        if (!logger.IsEnabled(level)) return;
        // The shape that logging providers read; the message is whole and has no holes.
        var state = new[] { new KeyValuePair<string, object?>("{OriginalFormat}", message) };
        logger.Log(level, id, state, null, static (state, _) => (string)state[0].Value!);
    }
}
