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

    /// <summary>A text of the form that one of <see cref="Forms"/> judges.</summary>
    public string? Text(string name, Func<string?, string?> form)
    {
        if (Text(name) is not { } value) return null;
        if (form(value) is not { } expected) return value;
        Report(name, value, expected);
        return null;
    }

    public bool? Boolean(string name)
    {
        if (Text(name) is not { } value) return null;
        if (string.Equals(value, "true", StringComparison.OrdinalIgnoreCase)) return true;
        // The specification: every other value is false, and one that is not "false" is worth a warning.
        if (!string.Equals(value, "false", StringComparison.OrdinalIgnoreCase)) Report(name, value, "true or false");
        return false;
    }

    public int? Integer(string name, Bounds<int> bounds)
    {
        if (Text(name) is not { } value) return null;
        if (TryRead(value, out var number) && bounds.Hold(number)) return number;
        Report(name, value, string.Create(CultureInfo.InvariantCulture, $"a whole number from {bounds.Least} to {bounds.Most}"));
        return null;
    }

    /// <summary>A time in milliseconds.</summary>
    public TimeSpan? Milliseconds(string name, Bounds<TimeSpan> bounds, TimeSpan? zero = null)
    {
        if (Text(name) is not { } value) return null;
        if (TryRead(value, out var number))
        {
            if (number == 0 && zero is not null) return zero;
            var time = TimeSpan.FromMilliseconds(number);
            if (bounds.Hold(time)) return time;
        }
        Report(name, value, string.Create(CultureInfo.InvariantCulture, $"a whole number from {bounds.Least.TotalMilliseconds} to {bounds.Most.TotalMilliseconds}"));
        return null;
    }

    /// <summary>The specification's duration, of which zero is one: here the shortest.</summary>
    public TimeSpan? Delay(string name) => Milliseconds(name, Ranges.Wait, zero: Ranges.Wait.Least);

    /// <summary>The specification's timeout, where zero is no limit: here the longest.</summary>
    public TimeSpan? Timeout(string name) => Milliseconds(name, Ranges.Wait, zero: Ranges.Wait.Most);

    public string? OneOf(string name, params ReadOnlySpan<string> known)
    {
        if (Text(name) is not { } value) return null;
        if (Match(value, known) is { } match) return match;
        Report(name, value, "one of " + string.Join(", ", known.ToArray()));
        return null;
    }

    /// <summary>A comma-separated list; entries that are not known are reported and left out, and a list of nothing else counts as unset.</summary>
    public IReadOnlyList<string> ListOf(string name, params ReadOnlySpan<string> known)
    {
        var entries = new List<string>();
        foreach (var entry in Entries(name))
        {
            var match = Match(entry, known);
            if (match is null) Report(name, entry, "one of " + string.Join(", ", known.ToArray()));
            else if (!entries.Contains(match)) entries.Add(match);
        }
        return entries;
    }

    /// <summary><c>name=value,name=value</c> without the entries that no request could carry.</summary>
    public string? Headers(string name)
    {
        var entries = OtlpHeaders.Entries(Text(name));
        var usable = new List<string>();
        var wrong = new List<string>();
        for (var i = 0; i < entries.Length; i++)
        {
            if (OtlpHeaders.Fault(entries[i]) is { } fault) wrong.Add(string.Create(CultureInfo.InvariantCulture, $"entry {i + 1} {fault}"));
            else usable.Add(entries[i]);
        }
        // In one message: several that differ in the entry's number alone would be of one kind.
        if (wrong.Count > 0) faults.Add($"The variable {name} has headers that were ignored, {string.Join(", ", wrong)}: {OtlpHeaders.Form}.");
        return usable.Count == 0 ? null : string.Join(',', usable);
    }

    public void Report(string name, string value, string expected) =>
        faults.Add($"The variable {name} is {Shown.Value(value)} and was ignored: set it to {expected}, or unset it.");

    private string[] Entries(string name) => (Text(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool TryRead(string value, out int number) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static string? Match(string entry, ReadOnlySpan<string> known)
    {
        foreach (var candidate in known)
            if (string.Equals(candidate, entry, StringComparison.OrdinalIgnoreCase)) return candidate;
        return null;
    }
}
