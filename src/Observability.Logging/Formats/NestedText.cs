using System.Text;

namespace Observability.Logging;

/// <summary>An array or object as a string of JSON, for the profiles whose attributes hold scalars only.</summary>
internal static class NestedText
{
    /// <summary>Turns the value that stands from the position on into a string, unless it is one.</summary>
    public static void Quote(Line line, int start)
    {
        var written = line.Slice(start, line.Position - start);
        if (written.Length == 0 || written[0] is not ((byte)'[' or (byte)'{')) return;
        var text = Encoding.UTF8.GetString(written);
        line.Position = start;
        line.Byte((byte)'"');
        JsonText.Write(line, text);
        line.Byte((byte)'"');
    }
}
