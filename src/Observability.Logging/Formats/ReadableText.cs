namespace Observability.Logging;

/// <summary>Takes back the escapes that are for JSON alone. Control characters other than line ends and tabs stay escaped: they could command the terminal.</summary>
internal static class ReadableText
{
    public static void Unescape(Line line, int start)
    {
        var text = line.Writable(start, line.Position - start);
        var end = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length && text[i + 1] is ((byte)'"' or (byte)'\\' or (byte)'n' or (byte)'t'))
                c = text[++i] switch { (byte)'n' => (byte)'\n', (byte)'t' => (byte)'\t', var other => other };
            text[end++] = c;
        }
        if (end == text.Length) return;
        line.Holes.Forget();
        line.Position = start + end;
    }
}
