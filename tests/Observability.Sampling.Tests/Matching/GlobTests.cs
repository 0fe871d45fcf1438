using System.Text.RegularExpressions;

namespace Observability.Sampling.Tests;

public class GlobTests
{
    [Theory]
    [InlineData("/health*", "/health", true)]
    [InlineData("/health*", "/health/ready", true)]
    [InlineData("/health*", "/HEALTHZ", true)]
    [InlineData("/health*", "/heal", false)]
    [InlineData("/metrics", "/metrics/x", false)]
    [InlineData("/api/*/users/*", "/api/v1/users/7", true)]
    [InlineData("/api/*/users/*", "/api/v1/user/7", false)]
    [InlineData("*.example", "shop.example", true)]
    [InlineData("*", "", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*a", "aa", true)]
    [InlineData("*ab*b", "ab", false)]
    public void A_pattern_matches_the_whole_value(string pattern, string value, bool matches)
    {
        var glob = new Glob(pattern, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(matches, glob.Matches(value));
        Assert.Equal(matches, glob.Matches(value, TextHead.Of(value)));
    }

    [Fact]
    public void A_pattern_says_what_the_regular_expression_says()
    {
        var random = new Random(3);
        string Text(string alphabet, int length) => string.Concat(Enumerable.Range(0, random.Next(length)).Select(_ => alphabet[random.Next(alphabet.Length)]));
        for (var i = 0; i < 50_000; i++)
        {
            var pattern = Text("ab/*Ké", 24);
            var value = random.Next(3) == 0 ? pattern.Replace("*", Text("ab/", 6), StringComparison.Ordinal) : Text("abAB/ké\u212a", 40);
            var ignoreCase = random.Next(2) == 0;
            var regex = "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$";
            var expected = Regex.IsMatch(ignoreCase ? value.ToUpperInvariant() : value, ignoreCase ? regex.ToUpperInvariant() : regex, RegexOptions.Singleline);
            var glob = new Glob(pattern, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
            Assert.True(expected == glob.Matches(value, TextHead.Of(value)), $"{pattern} on {value}, ignoring case: {ignoreCase}");
        }
    }

    [Fact]
    public void No_character_beyond_ASCII_equals_an_ASCII_one_whatever_its_case()
    {
        // The head's comparison relies on it: it folds ASCII alone.
        for (var other = 128; other < 65536; other++)
        {
            var folded = char.ToUpperInvariant((char)other);
            if (folded < 128) Assert.False(string.Equals(((char)other).ToString(), folded.ToString(), StringComparison.OrdinalIgnoreCase), $"U+{other:X4}");
        }
    }

    [Fact]
    public void A_list_is_passed_by_exactly_the_values_that_one_of_its_patterns_matches()
    {
        string[] patterns = ["/health*", "/healthy/exact", "/metrics", "*tail"];
        var globs = Glob.Compile(patterns, StringComparison.OrdinalIgnoreCase);
        var gate = new HeadGate(globs!.Select(glob => glob.Prefix));
        foreach (var value in new[] { "/health", "/HEALTHY/EXACT", "/metrics", "long/tail", "/metricsx", "" })
        {
            var expected = patterns.Any(pattern => new Glob(pattern, StringComparison.OrdinalIgnoreCase).Matches(value));
            Assert.Equal(expected, Glob.AnyMatches(globs, value, TextHead.Of(value)));
            Assert.True(gate.MayPass(TextHead.Of(value)) || !expected);
        }
    }

    [Fact]
    public void The_head_of_a_text_is_its_first_sixteen_characters_with_folded_cases()
    {
        const string text = "/Api/V1/Orders/17/Lines";
        for (var length = 0; length <= text.Length; length++)
        {
            var head = TextHead.Of(text[..length]);
            for (var i = 0; i < TextHead.Length; i++) Assert.Equal(i < length ? (byte)(text[i] | 0x20) : (byte)0x20, head[i]);
        }
    }
}
