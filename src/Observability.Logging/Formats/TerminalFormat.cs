using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>A line for people: time, level, category, message, the trace id's first eight characters, attributes, then the exception on its own lines.</summary>
internal sealed class TerminalFormat(bool coloured) : LineFormat(null)
{
    private const int TimeOfDay = 11;
    private static readonly string[] s_colours = ["90", "36", "32", "33", "31", "97;41", "0"];
    private readonly byte[][] _levels = new[] { "trace", "debug", "info ", "warn ", "error", "fatal", "none " }
        .Select((level, i) => Encoding.UTF8.GetBytes(coloured ? $"\u001b[{s_colours[i]}m{level}\u001b[0m " : level + " ")).ToArray();
    private readonly byte[] _dim = coloured ? [.. "\u001b[90m"u8] : [];
    private readonly byte[] _normal = coloured ? [.. "\u001b[0m"u8] : [];

    public override bool IsJson => false;

    public override void Open(Line line, long utcTicks, LogLevel level, CategoryText category)
    {
        Span<byte> timestamp = stackalloc byte[TimestampText.Length];
        line.Timestamp.Write(ref timestamp[0], [], utcTicks);
        line.Raw(timestamp.Slice(TimeOfDay, "00:00:00.000".Length));
        line.Byte((byte)' ');
        line.Raw(_levels[(int)level]);
        line.Raw(category.Plain);
        line.Byte((byte)' ');
        line.MessageStart = line.Position;
    }

    public override void Context(Line line, CategoryText category, byte[] context, EventId id, Activity? activity)
    {
        ReadableText.Unescape(line, line.MessageStart);
        line.Raw(_dim);
        if (activity is not null)
        {
            line.Raw(" trace="u8);
            JsonText.Write(line, activity.TraceId.ToHexString().AsSpan(0, 8));
        }
        line.Byte((byte)' ');
        OpenObject.Begin(line);
    }

    public override void EndAttributes(Line line)
    {
        if (line.Position == line.AttributesStart + 1) line.Position = line.AttributesStart - 1;
        else OpenObject.End(line);
        line.Raw(_normal);
    }

    public override void Error(Line line, Exception exception)
    {
        line.Byte((byte)'\n');
        var start = line.Position;
        ExceptionChain.Write(line, exception);
        ReadableText.Unescape(line, start);
    }

    public override void Close(Line line) => line.Raw(line.Truncated ? " (truncated)\n"u8 : "\n"u8);

    public override CategoryText Category(string category) => new(JsonText.Encode(category, MostConstantBytes));

    public override string AttributeName(string name) => name;
}
