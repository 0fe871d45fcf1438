using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>One output, its queue and its writer; loggers of all categories share them.</summary>
[ProviderAlias("JsonLines")]
internal sealed class JsonLinesLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly LiveOptions _options;
    private readonly LoggingHealth _health;
    private readonly WriterSignal _signal = new();
    private readonly LineSink _sink;
    private readonly LineWriter _writer;
    private readonly StreamReports _reports;
    private readonly int _exitWait;
    private readonly int _fatalWait;
    private volatile LinePlan _plan;
    private volatile bool _ending;
    private int _disposed;

    public JsonLinesLoggerProvider(LiveOptions options, TimeProvider time, Func<JsonLinesOptions, LoggingHealth, LineSink>? openSink = null)
    {
        _options = options;
        _health = new LoggingHealth(time);
        var settings = options.Current;
        _exitWait = settings.ExitWaitMilliseconds;
        _fatalWait = settings.FatalWaitMilliseconds;
        _sink = openSink?.Invoke(settings, _health) ?? SinkFactory.Create(settings, time, _health);
        _plan = PlanFactory.Create(settings, _health, time);
        var ring = new SegmentRing(settings.MaxQueueBytes, settings.MaxLineBytes);
        Queue = new LineQueue(ring, _signal, settings);
        _health.Watch(Queue.Dropped, ring);
        _reports = new StreamReports(() => _plan, Queue.Dropped, _health.Suppressions, time);
        _writer = new LineWriter(ring, _signal, _sink, _health, last => _reports.Take(last || _ending), settings.LingerMilliseconds);
        _writer.Start();
        options.Changed += changed =>
        {
            // The queue's blocks are made for lines as long as at the start.
            changed.MaxLineBytes = settings.MaxLineBytes;
            _plan = PlanFactory.Create(changed, _health, time);
        };
        ProcessEnd.Register(this);
    }

    public LineQueue Queue { get; }

    public LinePlan Plan => _plan;

    public LoggingHealth Health => _health;

    public IExternalScopeProvider? Scopes { get; private set; }

    public Action<Action<object?, Line>, Line>? ForEachScope { get; private set; }

    /// <summary>Whether the process is ending: each line is then waited for, as there may be no later moment.</summary>
    public bool IsEnding => _ending;

    public ILogger CreateLogger(string categoryName) => new JsonLinesLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider)
    {
        Scopes = scopeProvider;
        ForEachScope = scopeProvider.ForEachScope<Line>;
    }

    /// <summary>Waits, for a bounded time, until all lines accepted so far are written.</summary>
    public bool Flush(int milliseconds) => !_writer.IsCurrentThread && _signal.Flush(milliseconds);

    public void AwaitWritten(LogLevel level)
    {
        if (_ending)
        {
            // An output that stalls now is not waited for at every line.
            if (!Flush(_fatalWait)) _ending = false;
        }
        else if (level == LogLevel.Critical && _fatalWait > 0) Flush(_fatalWait);
    }

    /// <summary>Writes what there is because the process may end now; lines that come later are waited for one by one. False when the output did not take all in time.</summary>
    public bool End()
    {
        _ending = true;
        return Flush(_exitWait);
    }

    /// <summary>The same at the last moment there is: what the output does not take now is lost, counted and told.</summary>
    public void EndForGood()
    {
        if (End()) return;
        Queue.Close();
        _writer.GiveUp();
    }

    /// <summary>The process goes on after all.</summary>
    public void GoOn() => _ending = false;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        ProcessEnd.Unregister(this);
        Queue.Close();
        // A writer that an output holds is left behind: closing the output under it could hold this thread as well.
        if (_writer.Stop(_exitWait)) _sink.Dispose();
        _options.Dispose();
        _health.Dispose();
    }
}
