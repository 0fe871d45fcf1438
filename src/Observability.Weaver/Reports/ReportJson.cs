using System.Text.Json;

namespace Observability.Weaver;

/// <summary>Reports for machines.</summary>
public static class ReportJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <c>{ "woven": n, "methods": n, "assemblies": [ … ] }</c>.</summary>
    public static void Write(Stream output, IReadOnlyList<WeaveReport> reports)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(reports);
        using var json = new Utf8JsonWriter(output, Indented);
        json.WriteStartObject();
        json.WriteNumber("woven", reports.Count(report => report.Outcome == WeaveOutcome.Woven));
        json.WriteNumber("methods", reports.Sum(report => report.Methods.Count));
        json.WriteStartArray("assemblies");
        foreach (var report in reports) Write(json, report);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, WeaveReport report)
    {
        json.WriteStartObject();
        json.WriteString("assembly", report.Assembly);
        json.WriteString("outcome", report.Outcome.ToString());
        json.WriteStartArray("methods");
        foreach (var method in report.Methods)
        {
            json.WriteStartObject();
            json.WriteString("function", method.Function);
            json.WriteString("span", method.SpanName);
            json.WriteString("shape", method.Shape.ToString());
            json.WriteBoolean("spans", method.Spans);
            json.WriteBoolean("metrics", method.Metrics);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in report.Diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("id", diagnostic.Id);
            json.WriteString("subject", diagnostic.Subject);
            json.WriteString("message", diagnostic.Message);
            json.WriteBoolean("warning", diagnostic.IsWarning);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
