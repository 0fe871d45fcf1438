using System.Diagnostics;
using System.Text;
using System.Text.Unicode;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Rendering;

/// <summary>Exemplars of OpenMetrics: <c> # {trace_id="…",span_id="…"} 0.5 1700000000.123</c>.</summary>
internal static unsafe class ExemplarText
{
    /// <summary>The most bytes that one takes: 128 characters of labels, each of up to four bytes and perhaps escaped, and the rest.</summary>
    public const int MaximumLength = 2048;

    /// <summary>OpenMetrics 1.0: names and values of an exemplar's labels together.</summary>
    private const int MaximumCharacters = 128;

    public static int Write(byte* destination, in Exemplar exemplar, double value)
    {
        var cursor = Copy(destination, " # {"u8);
        var characters = 0;
        if (exemplar.TraceId != default)
        {
            cursor = Hex(Copy(cursor, "trace_id=\""u8), exemplar.TraceId);
            characters += "trace_id".Length + 32;
        }
        if (exemplar.SpanId != default)
        {
            cursor = Hex(Copy(cursor, characters > 0 ? ",span_id=\""u8 : "span_id=\""u8), exemplar.SpanId);
            characters += "span_id".Length + 16;
        }
        List<string>? names = null;
        foreach (var tag in exemplar.FilteredTags) cursor = Tag(cursor, destination, tag, ref characters, names ??= ["trace_id", "span_id"]);
        cursor = Copy(cursor, "} "u8);
        cursor += NumberText.Write(cursor, value);
        if (exemplar.Timestamp != default)
        {
            var milliseconds = exemplar.Timestamp.ToUnixTimeMilliseconds();
            *cursor++ = (byte)' ';
            cursor += NumberText.Write(cursor, milliseconds / 1000);
            *cursor++ = (byte)'.';
            // A thousand on top writes the leading zeros; its own digit is overwritten.
            NumberText.Write(cursor - 1, 1000 + milliseconds % 1000);
            cursor[-1] = (byte)'.';
            cursor += 3;
        }
        return (int)(cursor - destination);
    }

    private static byte* Tag(byte* cursor, byte* start, KeyValuePair<string, object?> tag, ref int characters, List<string> names)
    {
        var name = NameEscaper.Label(tag.Key ?? "", NameEscaping.Underscores);
        var value = LabelValue.Text(tag.Value);
        // Keys that became the same name: the first one stays. The Python client takes a bracket inside for the end of the labels, and Prometheus 2 a NUL for that of
        // the text: in an exemplar alone, and the whole scrape fails.
        if (value.Length == 0 || value.AsSpan().ContainsAny('}', '\0') || names.Contains(name) || characters + name.Length + value.Length > MaximumCharacters) return cursor;
        names.Add(name);
        var text = new StringBuilder();
        if (characters > 0) text.Append(',');
        Layout.TextSyntax.AppendLabel(text, name, value);
        characters += name.Length + value.Length;
        var room = MaximumLength - 128 - (int)(cursor - start);
        Utf8.FromUtf16(text.ToString(), new Span<byte>(cursor, room), out _, out var written);
        return cursor + written;
    }

    private static byte* Hex(byte* cursor, ActivityTraceId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.CopyTo(bytes);
        return Hex(cursor, bytes);
    }

    private static byte* Hex(byte* cursor, ActivitySpanId id)
    {
        Span<byte> bytes = stackalloc byte[8];
        id.CopyTo(bytes);
        return Hex(cursor, bytes);
    }

    private static byte* Hex(byte* cursor, ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, new Span<byte>(cursor, bytes.Length * 2), out _);
        cursor += bytes.Length * 2;
        *cursor++ = (byte)'"';
        return cursor;
    }

    private static byte* Copy(byte* cursor, ReadOnlySpan<byte> text)
    {
        text.CopyTo(new Span<byte>(cursor, text.Length));
        return cursor + text.Length;
    }
}
