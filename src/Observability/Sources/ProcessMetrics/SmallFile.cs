using System.Buffers.Text;

namespace Observability.Sources.ProcessMetrics;

/// <summary>
/// Reads the short files of /proc and /sys into the caller's buffer: they are read at every scrape, so no strings. What cannot be read reads as
/// empty or as null.
/// </summary>
internal static class SmallFile
{
    public static ReadOnlySpan<byte> Read(string path, Span<byte> buffer)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var length = 0;
            // The kernel hands out a page at a time.
            while (length < buffer.Length && RandomAccess.Read(file, buffer[length..], length) is > 0 and var read) length += read;
            return buffer[..length];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Gone with its control group, or forbidden: no measurement.
            return [];
        }
    }

    /// <summary>The number that the file consists of; null for "max", for -1 (v1's "none") and for anything else.</summary>
    public static long? Number(string path)
    {
        Span<byte> buffer = stackalloc byte[64];
        return Number(Read(path, buffer));
    }

    /// <summary>The number that the text starts with, when it is 0 or more.</summary>
    public static long? Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out _) && number >= 0 ? number : null;

    /// <summary>The number after a key at a line's start: <c>key number</c>, as in cpu.stat and memory.stat.</summary>
    public static long? Value(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> key)
    {
        foreach (var range in lines.Split((byte)'\n'))
        {
            var line = lines[range];
            if (line.Length > key.Length + 1 && line.StartsWith(key) && line[key.Length] == ' ') return Number(line[(key.Length + 1)..]);
        }
        return null;
    }
}
