namespace Observability.Logging;

/// <summary>An exception and what caused it as one text, for the profiles that have a single field for the stack.</summary>
internal static class ExceptionChain
{
    private const int Deepest = 8;

    public static void Write(Line line, Exception exception) => Write(line, exception, 0);

    private static void Write(Line line, Exception exception, int depth)
    {
        JsonText.Write(line, ExceptionText.Type(exception));
        JsonText.Write(line, ": ");
        TextValue.Put(line, ExceptionText.Message(line, exception));
        JsonText.Write(line, "\n");
        StackText.Write(line, exception);
        if (exception is AggregateException aggregate)
            foreach (var inner in aggregate.InnerExceptions) Inner(line, inner, depth);
        else if (exception.InnerException is { } inner) Inner(line, inner, depth);
    }

    private static void Inner(Line line, Exception inner, int depth)
    {
        if (depth == Deepest || line.Left <= 0)
        {
            line.Truncated = true;
            return;
        }
        JsonText.Write(line, "\n ---> ");
        Write(line, inner, depth + 1);
    }
}
