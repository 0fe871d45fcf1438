namespace PipelineApp.Sink;

/// <summary>Counts the spans, records or metrics of an OTLP export without decoding them: field 1 &gt; field 2 &gt; field 2.</summary>
internal static class OtlpItems
{
    private static readonly int[] Path = [1, 2, 2];

    public static int Count(ReadOnlySpan<byte> request) => Count(request, 0);

    private static int Count(ReadOnlySpan<byte> message, int depth)
    {
        if (depth == Path.Length) return 1;
        var count = 0;
        while (!message.IsEmpty)
        {
            var key = Varint(ref message);
            // Fixed 64, length-delimited, fixed 32; a varint is its own length.
            var length = (key & 7) switch { 1 => 8, 2 => (int)Varint(ref message), 5 => 4, _ => 0 };
            if ((key & 7) == 0) Varint(ref message);
            if ((int)(key >> 3) == Path[depth] && (key & 7) == 2) count += Count(message[..length], depth + 1);
            message = message[length..];
        }
        return count;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (var i = 0; ; i++)
        {
            value |= (ulong)(message[i] & 0x7F) << (7 * i);
            if (message[i] >= 0x80) continue;
            message = message[(i + 1)..];
            return value;
        }
    }
}
