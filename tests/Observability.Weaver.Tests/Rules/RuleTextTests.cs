namespace Observability.Weaver.Tests.Rules;

public class RuleTextTests
{
    [Fact]
    public void Every_part_of_a_rule_is_read()
    {
        var rule = Assert.Single(RuleText.Parse(" !public [Contoso.*] Contoso.Orders.* :: Place* @ Audited ;"));
        Assert.True(rule.Exclude);
        Assert.Equal(WeaveVisibility.Public, rule.Visibility);
        Assert.Equal(("Contoso.*", "Contoso.Orders.*", "Place*", "Audited"), (rule.Assembly, rule.Type, rule.Method, rule.Attribute));
    }

    [Fact]
    public void What_is_left_out_matches_everything()
    {
        var rule = Assert.Single(RuleText.Parse("Contoso.Cart"));
        Assert.Equal(("*", "Contoso.Cart", "*", null), (rule.Assembly, rule.Type, rule.Method, rule.Attribute));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var fault = Assert.Throws<FormatException>(() => RuleText.Parse("[open;a b c;x::;Fine.*;y@"));
        Assert.Equal(4, fault.Message.Split('\n').Length);
        Assert.All(fault.Message.Split('\n'), line => Assert.StartsWith("OBS7012: ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("a*c", "abc", true)]
    [InlineData("a*c", "abcd", false)]
    [InlineData("*.Orders.*", "Contoso.Orders.Cart", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("Case", "case", false)]
    [InlineData("", "", true)]
    public void Wildcards_match_as_usual(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Observability.Weaver.Rules.Wildcard.Matches(pattern, text));
}
