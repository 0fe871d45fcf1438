using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Observability.Prometheus.Naming;

/// <summary>The text of a tag's value; arrays as JSON, as the OpenTelemetry specification writes attributes into labels.</summary>
internal static class LabelValue
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>
    /// What is exposed of a value. Surrogates without their partner are replaced here, not on the wire, where values that differ
    /// only in them would become one series.
    /// </summary>
    public static string Text(object? value)
    {
        var text = Raw(value);
        if (text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0) return text;
        var result = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) result.Append(rune.ToString());
        return result.ToString();
    }

    private static string Raw(object? value)
    {
        try
        {
            return value switch
            {
                null => "",
                string text => text,
                bool flag => flag ? "true" : "false",
                byte[] bytes => Convert.ToBase64String(bytes),
                IEnumerable items => Json(items),
                _ => Scalar(value),
            };
        }
        catch (Exception)
        {
            // A tag's own ToString threw: the sample is worth more than the value.
            return value!.GetType().Name;
        }
    }

    private static string Scalar(object value) => value switch
    {
        float number => CanonicalNumber.Plain(number),
        double number => CanonicalNumber.Plain(number),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture) ?? "",
        _ => value.ToString() ?? "",
    };

    private static string Json(IEnumerable items)
    {
        var parts = new List<string>();
        foreach (var item in items)
        {
            parts.Add(item switch
            {
                null => "null",
                bool flag => flag ? "true" : "false",
                sbyte or byte or short or ushort or int or uint or long or ulong or decimal => Scalar(item),
                float or double => Scalar(item) is var number && double.IsFinite(Convert.ToDouble(item, CultureInfo.InvariantCulture)) ? number : Quoted(number),
                _ => Quoted(item is string text ? text : Scalar(item)),
            });
        }
        return "[" + string.Join(',', parts) + "]";
    }

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text, Encoder) + "\"";
}
