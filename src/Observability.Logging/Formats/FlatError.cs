namespace Observability.Logging;

/// <summary>An exception as three fields: type, message, and the whole chain's stack.</summary>
internal static class FlatError
{
    public static void Write(Line line, Exception exception, ReadOnlySpan<byte> type, ReadOnlySpan<byte> message, ReadOnlySpan<byte> stack)
    {
        line.Raw(type);
        JsonText.Write(line, ExceptionText.Type(exception));
        line.Byte((byte)'"');
        line.Raw(message);
        var whole = line.Limit;
        line.Limit = Math.Min(whole, line.Position + (line.Left / 2));
        TextValue.Put(line, ExceptionText.Message(line, exception));
        line.Limit = whole;
        line.Byte((byte)'"');
        line.Raw(stack);
        ExceptionChain.Write(line, exception);
        line.Byte((byte)'"');
    }
}
