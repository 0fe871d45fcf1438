using System.Globalization;
using Microsoft.Extensions.Options;

namespace Observability.Sampling;

/// <summary>Collects faults, each a sentence: what, where, remedy.</summary>
internal sealed class FaultList(IEnumerable<string> known)
{
    private readonly List<string> _faults = [.. known];

    public void Add(string fault) => _faults.Add(fault);

    public void Within(string at, double value, double least, double most)
    {
        if (!(value >= least && value <= most)) Add($"{at} is {Text(value)}. Give {Text(least)} to {Text(most)}.");
    }

    public void Defined<TEnum>(string at, TEnum value) where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value)) Add($"{at} is {value}. Give one of {string.Join(", ", Enum.GetNames<TEnum>())}.");
    }

    public ValidateOptionsResult Result() => _faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_faults);

    /// <summary>The text of an address, unless credentials stand in it.</summary>
    public static string Address(string text) => text.Contains('@', StringComparison.Ordinal) ? "an address with credentials" : $"'{text}'";

    public static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
