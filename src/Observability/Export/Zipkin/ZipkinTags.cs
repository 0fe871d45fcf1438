using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Observability.Export.Zipkin;

/// <summary>A span's tags: attributes, status, instrumentation scope and the service's namespace, each name once.</summary>
internal sealed class ZipkinTags(string? serviceNamespace)
{
    private const string Error = "error";
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    public void Write(Utf8JsonWriter json, Activity activity, int droppedEvents)
    {
        _written.Clear();
        json.WriteStartObject("tags"u8);
        WriteStatus(json, activity);
        foreach (ref readonly var tag in activity.EnumerateTagObjects())
        {
            if (tag.Value is null || IsNoError(tag.Key, tag.Value)) continue;
            WriteOnce(json, tag.Key, AttributeText.Of(tag.Value));
        }
        WriteOnce(json, "service.namespace", serviceNamespace);
        WriteOnce(json, "otel.scope.name", activity.Source.Name);
        WriteOnce(json, "otel.scope.version", activity.Source.Version);
        if (droppedEvents > 0) WriteOnce(json, "otel.dropped_events_count", droppedEvents.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private void WriteStatus(Utf8JsonWriter json, Activity activity)
    {
        if (activity.Status == ActivityStatusCode.Unset) return;
        var failed = activity.Status == ActivityStatusCode.Error;
        WriteOnce(json, "otel.status_code", failed ? "ERROR" : "OK");
        if (!failed) return;
        // An empty one counts too: to Zipkin its mere presence means failure.
        _written.Add(Error);
        json.WriteString(Error, activity.StatusDescription ?? "");
    }

    private void WriteOnce(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value) && _written.Add(name)) json.WriteString(name, value);
    }

    /// <summary>Zipkin reads any "error" as a failure, "false" as well.</summary>
    private static bool IsNoError(string name, object value) =>
        name == Error && (value is false || (value is string text && text.Equals("false", StringComparison.OrdinalIgnoreCase)));
}
