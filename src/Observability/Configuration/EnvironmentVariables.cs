using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Observability.Configuration;

/// <summary>
/// Typed reads of <c>OTEL_*</c> variables. As the OpenTelemetry specification asks, an empty value counts as unset, and
/// an invalid one is reported and then ignored.
/// </summary>
internal sealed class EnvironmentVariables(IConfiguration configuration, ICollection<string> faults)
{
    public string? Text(string name) => configuration[name] is { Length: > 0 } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>The first of the names that is set: the specific one before the general one.</summary>
    public string? Text(string specific, string general) => Text(specific) ?? Text(general);

    public bool? Boolean(string name)
    {
        if (Text(name) is not { } value) return null;
        if (string.Equals(value, "true", StringComparison.OrdinalIgnoreCase)) return true;
        // The specification: every other value is false, and one that is not "false" is worth a warning.
        if (!string.Equals(value, "false", StringComparison.OrdinalIgnoreCase)) Report(name, value, "true or false");
        return false;
    }

    public int? Integer(string name, int minimum)
    {
        if (Text(name) is not { } value) return null;
        if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum) return number;
        Report(name, value, string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {minimum}"));
        return null;
    }

    public TimeSpan? Milliseconds(string name) => Integer(name, 1) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    public string? OneOf(string name, params ReadOnlySpan<string> known)
    {
        if (Text(name) is not { } value) return null;
        foreach (var candidate in known)
            if (string.Equals(candidate, value, StringComparison.OrdinalIgnoreCase)) return candidate;
        Report(name, value, "one of " + string.Join(", ", known.ToArray()));
        return null;
    }

    /// <summary>A comma-separated list; entries that are not known are reported and left out.</summary>
    public IReadOnlyList<string>? ListOf(string name, params ReadOnlySpan<string> known)
    {
        if (Text(name) is not { } value) return null;
        var entries = new List<string>();
        foreach (var entry in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Match(entry, known);
            if (match is null) Report(name, entry, "one of " + string.Join(", ", known.ToArray()));
            else if (!entries.Contains(match)) entries.Add(match);
        }
        return entries;
    }

    private static string? Match(string entry, ReadOnlySpan<string> known)
    {
        foreach (var candidate in known)
            if (string.Equals(candidate, entry, StringComparison.OrdinalIgnoreCase)) return candidate;
        return null;
    }

    private void Report(string name, string value, string expected) =>
        faults.Add($"The variable {name} is '{value}' and was ignored: set it to {expected}, or unset it.");
}
