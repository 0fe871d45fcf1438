namespace Observability.Logging;

/// <summary>An object that attributes are written into, each of which begins with a comma.</summary>
internal static class OpenObject
{
    public static void Begin(Line line)
    {
        line.AttributesStart = line.Position;
        line.Byte((byte)'{');
    }

    /// <summary>Closes the object; the comma before the first attribute changes places with the brace and becomes a blank.</summary>
    public static void End(Line line)
    {
        if (line.Position > line.AttributesStart + 1)
        {
            var opening = line.Writable(line.AttributesStart, 2);
            opening[0] = (byte)' ';
            opening[1] = (byte)'{';
        }
        line.Byte((byte)'}');
    }
}
