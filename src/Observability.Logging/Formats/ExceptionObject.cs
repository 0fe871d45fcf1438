namespace Observability.Logging;

/// <summary>An exception as an object: type, message, stacktrace, inner, and the siblings of an aggregate.</summary>
internal static class ExceptionObject
{
    private const int Deepest = 8;

    /// <summary>Room that an exception's own frame needs; with less the rest of the chain is left out.</summary>
    private const int Frame = 128;

    public static void Write(Line line, Exception exception) => One(line, exception, 0, line.Left);

    private static void One(Line line, Exception exception, int depth, int share)
    {
        var whole = line.Limit;
        // An inner exception is often the cause: the outer one leaves it half of the room.
        if (exception.InnerException is not null) line.Limit = Math.Min(whole, line.Position + (share / 2));
        line.Raw("{\"type\":\""u8);
        JsonText.Write(line, ExceptionText.Type(exception));
        line.Raw("\",\"message\":\""u8);
        TextValue.Put(line, ExceptionText.Message(line, exception));
        line.Raw("\",\"stacktrace\":\""u8);
        StackText.Write(line, exception);
        line.Byte((byte)'"');
        line.Limit = whole;
        if (exception.InnerException is { } inner && HasRoom(line, depth))
        {
            line.Raw(",\"inner\":"u8);
            One(line, inner, depth + 1, line.Left);
            if (exception is AggregateException { InnerExceptions.Count: > 1 } aggregate) Siblings(line, aggregate, depth);
        }
        line.Byte((byte)'}');
    }

    /// <summary>What an aggregate holds beside its first exception.</summary>
    private static void Siblings(Line line, AggregateException aggregate, int depth)
    {
        line.Raw(",\"siblings\":["u8);
        var written = 0;
        for (var i = 1; i < aggregate.InnerExceptions.Count; i++)
        {
            if (i > line.Plan.MaxItems || !HasRoom(line, depth)) break;
            if (written++ > 0) line.Byte((byte)',');
            One(line, aggregate.InnerExceptions[i], depth + 1, line.Left);
        }
        line.Byte((byte)']');
    }

    private static bool HasRoom(Line line, int depth)
    {
        if (depth < Deepest && line.Left >= Frame) return true;
        line.Truncated = true;
        return false;
    }
}
