using System.Text.Json;
using Observability.Ebpf.Agent.Events;

namespace Observability.Ebpf.Agent.Export;

/// <summary>Writes records as JSON lines, for people and pipes.</summary>
internal sealed class EventLines(TextWriter output)
{
    public void Send(EventRecord record)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", record.Time);
            json.WriteString("event", record.Name);
            if (record.TraceId is not null) json.WriteString("trace_id", record.TraceId);
            if (record.SpanId is not null) json.WriteString("span_id", record.SpanId);
            foreach (var (name, value) in record.Attributes) Write(json, name, value);
            json.WriteEndObject();
        }
        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        output.Flush();
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case long number: json.WriteNumber(name, number); break;
            case double number: json.WriteNumber(name, number); break;
            default: json.WriteString(name, value?.ToString()); break;
        }
    }
}
