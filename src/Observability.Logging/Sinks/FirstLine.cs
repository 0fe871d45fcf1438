using System.Globalization;
using System.Text;

namespace Observability.Logging;

/// <summary>
/// When a file's first line was written, which is when the file began. Linux knows no time of a file's making, and the one of its last change begins anew with each start
/// of the process. A line of every profile opens with its timestamp; what others wrote tells nothing.
/// </summary>
internal static class FirstLine
{
    /// <summary>The longest opening, <c>{"@timestamp":"</c>, with its timestamp and room to spare.</summary>
    private const int MostBytes = 64;

    public static DateTimeOffset? Time(AppendedFile file)
    {
        Span<byte> start = stackalloc byte[MostBytes];
        start = start[..file.ReadStart(start)];
        var opening = start.IndexOf("\":\""u8) + 3;
        if (opening < 3 || start[0] != '{' || start.Length < opening + TimestampText.Length) return null;
        var text = Encoding.ASCII.GetString(start.Slice(opening, TimestampText.Length));
        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
