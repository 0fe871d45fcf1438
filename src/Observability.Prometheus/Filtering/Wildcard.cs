using System.IO.Enumeration;

namespace Observability.Prometheus.Filtering;

/// <summary><c>*</c> for any run of characters, <c>?</c> for one; case matters, as it does in names.</summary>
internal static class Wildcard
{
    public static bool Matches(string pattern, string text) =>
        FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);
}
