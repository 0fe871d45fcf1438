using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>Decides by an attribute's name whether its value is hidden.</summary>
internal sealed class RedactedNames
{
    private static readonly string[] s_wellKnown =
    [
        "password", "passwd", "passphrase", "pwd", "pin", "secret", "clientsecret", "token", "accesstoken", "refreshtoken", "idtoken", "jwt",
        "bearer", "authorization", "proxyauthorization", "cookie", "setcookie", "apikey", "xapikey", "accesskey", "secretkey", "privatekey",
        "signingkey", "encryptionkey", "sharedaccesskey", "accountkey", "credential", "credentials", "connectionstring", "sessionid",
        "creditcard", "creditcardnumber", "cardnumber", "cvv", "cvc", "ssn", "socialsecuritynumber", "iban",
    ];

    private const int Slots = 1_024;
    private const int LongestKept = 256;
    private const int LongestShort = 4;

    // By the string's identity: names are literals nearly always, and of properties the same string each time.
    private readonly Known?[] _known = new Known?[Slots];
    private readonly HashSet<string> _kept;
    private readonly string[] _endings;
    private readonly bool _keepsQueries;

    public RedactedNames(RedactionOptions options)
    {
        _keepsQueries = options.KeepQueryValues;
        _kept = options.KeepNames.Select(Fold).ToHashSet(StringComparer.Ordinal);
        var names = options.WellKnownNames ? s_wellKnown.Concat(options.Names) : options.Names;
        _endings = names.Select(Fold).Distinct(StringComparer.Ordinal).ToArray();
    }

    /// <summary>Whether the name, or the end of it, is one of the hidden names or its plural.</summary>
    public bool Hides(string name)
    {
        ref var slot = ref _known[RuntimeHelpers.GetHashCode(name) & (Slots - 1)];
        var known = slot;
        if (known is not null && ReferenceEquals(known.Name, name)) return known.IsHidden;
        var hidden = Decide(name);
        if (name.Length <= LongestKept) slot = new Known(name, hidden);
        return hidden;
    }

    private bool Decide(string name)
    {
        var folded = Fold(name);
        if (_kept.Contains(folded)) return false;
        var singular = folded.EndsWith('s') ? folded[..^1] : folded;
        foreach (var ending in _endings)
            if (EndsWith(name, folded, ending) || EndsWith(name, singular, ending)) return true;
        return false;
    }

    /// <summary>Whether the name is one of a URL's query, whose values are hidden.</summary>
    public bool HidesQuery(string name) => !_keepsQueries && Fold(name) is var folded && QueryValues.IsName(folded) && !_kept.Contains(folded);

    /// <summary>Letters and digits in lower case: <c>X-Api-Key</c>, <c>x_api_key</c> and <c>xApiKey</c> are one name.</summary>
    public static string Fold(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>Short endings count from a word's start only: <c>UserPin</c> is a pin, <c>Mapping</c> and <c>shopin</c> are none.</summary>
    private static bool EndsWith(string name, string folded, string ending)
    {
        if (!folded.EndsWith(ending, StringComparison.Ordinal)) return false;
        var before = folded.Length - ending.Length;
        if (before == 0 || ending.Length > LongestShort) return true;
        var at = 0;
        for (var letters = 0; letters < before || !char.IsLetterOrDigit(name[at]); at++)
            if (char.IsLetterOrDigit(name[at])) letters++;
        return char.IsUpper(name[at]) || !char.IsLetterOrDigit(name[at - 1]);
    }

    private sealed record Known(string Name, bool IsHidden);
}
