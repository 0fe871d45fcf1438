using System.Globalization;

namespace Observability.Configuration;

/// <summary>A list of faults in the form "what, where, remedy", and the checks that add to it.</summary>
internal sealed class OptionFaults : List<string>
{
    public void Add(string path, string what, string remedy) =>
        Add($"{ObservabilityOptions.SectionName}:{path} {what}: {remedy}.");

    public void Within<T>(string path, T value, T minimum, T maximum) where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
            Add(path, $"is {value.ToString(null, CultureInfo.InvariantCulture)}", string.Create(CultureInfo.InvariantCulture, $"set it to {minimum} at least and {maximum} at most"));
    }

    public void OneOf(string path, string value, string[] known)
    {
        if (!known.Contains(value, StringComparer.OrdinalIgnoreCase)) Add(path, $"is '{value}'", "set it to one of " + string.Join(", ", known));
    }

    public void Subset(string path, IEnumerable<string> values, string[] known)
    {
        foreach (var value in values)
            if (!known.Contains(value, StringComparer.OrdinalIgnoreCase)) Add(path, $"holds '{value}'", "known are " + string.Join(", ", known));
    }

    public void HttpAddress(string path, string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            Add(path, $"is '{value}'", "set it to an absolute http or https address, such as http://localhost:4317");
    }
}
