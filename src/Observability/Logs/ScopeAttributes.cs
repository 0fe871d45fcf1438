using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Observability.Logs;

/// <summary>
/// Puts the items of the scopes among a record's attributes, each key once: the message's own wins, then the innermost scope's.
/// What the logger factory's own scope says about the span (ActivityTrackingOptions) is left out: the record has fields for it.
/// The SDK would write every scope's items beside the message's, and backends reject or lose records with a key twice.
/// </summary>
internal sealed class ScopeAttributes : BaseProcessor<LogRecord>
{
    private const string SpanScope = "Microsoft.Extensions.Logging.LoggerFactoryScopeProvider+ActivityLogScope";

    private IExternalScopeProvider? _scopes;

    public void ReadFrom(IExternalScopeProvider scopes) => _scopes = scopes;

    public override void OnEnd(LogRecord data)
    {
        if (_scopes is not { } scopes) return;
        var items = new List<KeyValuePair<string, object?>>();
        scopes.ForEachScope(static (scope, items) =>
        {
            if (scope is not IEnumerable<KeyValuePair<string, object?>> pairs) return;
            items.AddRange(scope.GetType().FullName == SpanScope ? pairs.Where(static pair => !IsField(pair.Key)) : pairs);
        }, items);
        if (items.Count == 0) return;

        var own = data.Attributes ?? [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var merged = new List<KeyValuePair<string, object?>>(own.Count + items.Count);
        foreach (var attribute in own)
            if (seen.Add(attribute.Key)) merged.Add(attribute);
        // Scopes arrive outermost first; a scope's own template says nothing about the message.
        for (var i = items.Count - 1; i >= 0; i--)
            if (items[i].Key is { Length: > 0 } key && key != "{OriginalFormat}" && seen.Add(key)) merged.Add(items[i]);
        data.Attributes = merged;
    }

    private static bool IsField(string name) => name is "TraceId" or "SpanId" or "ParentId" or "TraceFlags";
}
