using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Observability.Export.Zipkin;

/// <summary>
/// An attribute's value as text, by the rules for formats that know only text: numbers with a point, booleans in lower case, arrays as JSON.
/// An array is written up to 1,000 elements. The value's own <c>ToString</c> may throw.
/// </summary>
internal static class AttributeText
{
    private const int MostElements = 1_000;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable elements => Array(elements),
        _ => value.ToString() ?? "",
    };

    private static string Array(IEnumerable elements)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartArray();
        var count = 0;
        foreach (var element in elements)
        {
            if (++count > MostElements) break;
            WriteElement(json, element);
        }
        json.WriteEndArray();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteElement(Utf8JsonWriter json, object? element)
    {
        switch (element)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case sbyte or byte or short or ushort or int or uint or long: json.WriteNumberValue(Convert.ToInt64(element, CultureInfo.InvariantCulture)); break;
            case float or double when double.IsFinite(Convert.ToDouble(element, CultureInfo.InvariantCulture)): json.WriteNumberValue(Convert.ToDouble(element, CultureInfo.InvariantCulture)); break;
            case string text: json.WriteStringValue(text); break;
            case IFormattable other: json.WriteStringValue(other.ToString(null, CultureInfo.InvariantCulture)); break;
            default: json.WriteStringValue(element.ToString()); break;
        }
    }
}
