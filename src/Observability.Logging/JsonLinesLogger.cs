using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>Composes each line on the caller's thread and hands it to the queue. Nothing that it is given can make it throw or wait without bound.</summary>
internal sealed class JsonLinesLogger(JsonLinesLoggerProvider provider, string category) : ILogger
{
    private readonly LineQueue _queue = provider.Queue;
    private Prepared _prepared = new(provider.Plan, category);

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => provider.Scopes?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Trace and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        if (!_queue.Admits(logLevel))
        {
            _queue.Drop(logLevel);
            return;
        }
        var prepared = _prepared;
        if (!ReferenceEquals(prepared.Plan, provider.Plan)) _prepared = prepared = new Prepared(provider.Plan, category);
        var plan = prepared.Plan;
        var activity = TraceContext.Current;
        if (plan.Control.IsOn && Suppresses(plan, logLevel, state, activity)) return;
        var kind = StateKind<TState>.Instance;
        var line = Line.Rent(plan);
        try
        {
            if (plan.IncludeScopes && provider.ForEachScope is { } scopes) ScopeWriter.Collect(line, scopes);
            if (exception is null && LineComposer.TryRepeat(_queue, line, logLevel, eventId, state, kind, prepared.Category, activity))
            {
                Finish(line, logLevel);
                return;
            }
            _queue.Expect(line.LastLength);
            LineComposer.Compose(line, logLevel, eventId, state, kind, exception, formatter, prepared.Category, activity);
        }
        catch (Exception fault)
        {
            if (category != LoggingHealth.DiagnosticsCategory) plan.Health.LineFailed(fault);
            if (!TryComposeFailed(line, logLevel, eventId, state, fault, exception, prepared.Category, activity)
                && !TryComposeFailed(line, logLevel, eventId, state, fault, null, prepared.Category, activity))
            {
                _queue.Drop(logLevel);
                line.Return();
                return;
            }
        }
        if (line.Truncated) plan.Health.Truncated();
        _queue.TryAppend(line.Bytes, logLevel, line.Slot);
        Finish(line, logLevel);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(Line line, LogLevel level)
    {
        line.Return();
        if (level == LogLevel.Critical || provider.IsEnding) provider.AwaitWritten(level);
    }

    private bool Suppresses<TState>(LinePlan plan, LogLevel level, in TState state, Activity? activity)
    {
        try
        {
            if (!plan.Control.Suppresses(level, state, category, activity)) return false;
        }
        catch (Exception)
        {
            // A state whose items throw is written by the way that contains it.
            return false;
        }
        plan.Health.Suppressed();
        return true;
    }

    /// <summary>The line of a call that failed; false when that fails as well, as it would when the exception is what fails.</summary>
    private static bool TryComposeFailed<TState>(Line line, LogLevel level, EventId id, in TState state, Exception fault, Exception? exception, CategoryText category, Activity? activity)
    {
        try
        {
            LineComposer.ComposeFailed(line, level, id, state, fault, exception, category, activity);
            return true;
        }
        catch (Exception)
        {
            // The failure that led here is told; this one is most often the same.
            return false;
        }
    }

    /// <summary>The plan in force and what it makes of the category.</summary>
    private sealed class Prepared(LinePlan plan, string category)
    {
        public LinePlan Plan { get; } = plan;

        public CategoryText Category { get; } = plan.Format.Category(category);
    }
}
