using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Observability.Export.Zipkin;

/// <summary>An event as the text of an annotation: its name, or <c>"name": {"attribute": "value", …}</c> when it has attributes.</summary>
internal static class ZipkinAnnotation
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(in ActivityEvent @event)
    {
        var attributes = @event.EnumerateTagObjects();
        if (!attributes.MoveNext()) return @event.Name;
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        do
        {
            if (attributes.Current.Value is { } value) json.WriteString(attributes.Current.Key, AttributeText.Of(value));
        }
        while (attributes.MoveNext());
        json.WriteEndObject();
        json.Flush();
        return $"\"{@event.Name}\": {Encoding.UTF8.GetString(buffer.WrittenSpan)}";
    }
}
