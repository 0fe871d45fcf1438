namespace Observability.Logging;

/// <summary>What is written of a value whose name says that it is secret, or that it is a URL's query.</summary>
internal static class HiddenValue
{
    public static void Text(Line line, Key key, object? value)
    {
        if (key.IsRedacted) JsonText.WriteEncoded(line, line.Plan.Mask);
        else if (value is null) line.Raw("(null)"u8);
        else Query(line, value);
    }

    public static void Attribute(Line line, Key key, object? value)
    {
        if (key.IsRedacted) Mask(line);
        else if (value is null) line.Raw("null"u8);
        else
        {
            line.Byte((byte)'"');
            Query(line, value);
            line.Byte((byte)'"');
        }
    }

    /// <summary>What stands for a hidden value, as a string.</summary>
    public static void Mask(Line line)
    {
        line.Byte((byte)'"');
        JsonText.WriteEncoded(line, line.Plan.Mask);
        line.Byte((byte)'"');
    }

    private static void Query(Line line, object value)
    {
        try
        {
            TextValue.Put(line, QueryValues.Hide(TextValue.Plain(value, null), line.Plan.Replacement));
        }
        catch (Exception fault)
        {
            Faulty.Write(line, value, fault);
        }
    }
}
