using System.Globalization;

namespace Observability.Configuration;

/// <summary>A list of faults in the form "what, where, remedy", and the checks that add to it.</summary>
internal sealed class OptionFaults : List<string>
{
    public void Add(string path, string what, string remedy) =>
        Add($"{ObservabilityOptions.SectionName}:{path} {what}: {remedy}.");

    public void Within<T>(string path, T value, Bounds<T> bounds) where T : IComparable<T>, IFormattable
    {
        if (!bounds.Hold(value))
            Add(path, $"is {value.ToString(null, CultureInfo.InvariantCulture)}", string.Create(CultureInfo.InvariantCulture, $"set it to {bounds.Least} at least and {bounds.Most} at most"));
    }

    public void OneOf(string path, string? value, string[] known)
    {
        if (!known.Contains(value, StringComparer.OrdinalIgnoreCase)) Add(path, "is " + Shown.Value(value), "set it to one of " + string.Join(", ", known));
    }

    public void Subset(string path, IEnumerable<string> values, string[] known)
    {
        foreach (var value in values)
            if (!known.Contains(value, StringComparer.OrdinalIgnoreCase)) Add(path, $"holds {Shown.Value(value)}", "known are " + string.Join(", ", known));
    }

    /// <summary>A text of the form that one of <see cref="Forms"/> judges.</summary>
    public void Text(string path, string? value, Func<string?, string?> form)
    {
        if (form(value) is { } expected) Add(path, "is " + Shown.Value(value), "set it to " + expected);
    }
}
