namespace Observability.Logging;

/// <summary>What stands in place of a value that threw when it was asked for its text: its type and the exception's.</summary>
internal static class Faulty
{
    public static void Write(Line line, object value, Exception fault)
    {
        line.Plan.Health.Contained(value.GetType(), fault);
        JsonText.Write(line, "(" + value.GetType() + " threw " + fault.GetType() + ")");
    }
}
