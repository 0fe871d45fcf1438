namespace Observability.Weaver.Rules;

/// <summary>Text against a pattern with <c>*</c> and <c>?</c>, in linear time for the usual single star.</summary>
internal static class Wildcard
{
    public static bool Matches(string pattern, string text)
    {
        if (pattern == "*") return true;
        int p = 0, t = 0, star = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]) && pattern[p] != '*')
            {
                p++;
                t++;
            }
            else if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = t;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
