using System.Globalization;
using System.Runtime.CompilerServices;

namespace Observability.Weaver.Runtime;

/// <summary>How a parameter's value becomes an attribute: bounded, without the credentials that connection strings and URLs carry. Copied, never run here.</summary>
[CompilerGenerated]
internal static class WovenValues
{
    private const int Longest = 256;

    public static object? Shown(object? value)
    {
        if (value is null or bool or byte or sbyte or short or ushort or int or uint or long or float or double) return value;
        var text = value as string ?? (value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString());
        return text is null ? null : Bounded(WovenCredentials.Covered(text));
    }

    public static string Bounded(string? text) => text is null ? "" : text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
}
