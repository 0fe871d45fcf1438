namespace Observability.Logging;

/// <summary>What an exception says of itself, also when its own members throw.</summary>
internal static class ExceptionText
{
    public static string Type(Exception exception) => exception.GetType().FullName ?? exception.GetType().Name;

    public static string Message(Line line, Exception exception)
    {
        try
        {
            return exception.Message ?? "";
        }
        catch (Exception fault)
        {
            line.Plan.Health.Contained(exception.GetType(), fault);
            return "(Message threw " + fault.GetType() + ")";
        }
    }
}
