using Observability.Enrichment;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Observability.Logs;

/// <summary>
/// Hides the values of a URL's query in log records, which ASP.NET Core's own messages about each request carry as the attribute <c>QueryString</c> and, where the
/// application asks for rendered messages, in their text.
/// </summary>
internal sealed class QueryAttributes : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Attributes is not { } attributes) return;
        for (var i = 0; i < attributes.Count; i++)
        {
            if (!IsQuery(attributes[i].Key)) continue;
            Hide(data, attributes);
            return;
        }
    }

    private static bool IsQuery(string name) => name is "QueryString" or "url.query" or "http.target";

    private static void Hide(LogRecord data, IReadOnlyList<KeyValuePair<string, object?>> attributes)
    {
        data.Attributes = attributes
            .Select(static pair => IsQuery(pair.Key) && pair.Value?.ToString() is { } text
                ? new KeyValuePair<string, object?>(pair.Key, pair.Key == "http.target" ? QueryRedaction.Url(text) : QueryRedaction.Query(text))
                : pair)
            .ToList();
        // The words of the text that have a query: a URL has no blank.
        if (data.FormattedMessage is { } message && message.Contains('?', StringComparison.Ordinal))
            data.FormattedMessage = string.Join(' ', message.Split(' ').Select(QueryRedaction.Url));
    }
}
