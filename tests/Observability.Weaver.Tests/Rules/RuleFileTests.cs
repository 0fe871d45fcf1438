using System.Diagnostics;

namespace Observability.Weaver.Tests.Rules;

public class RuleFileTests
{
    [Fact]
    public void Every_key_of_a_rule_is_read()
    {
        var rule = Assert.Single(RuleFile.Parse("""
            { // comments are fine
              "rules": [ { "assembly": "A", "type": "T", "method": "M", "attribute": "At", "visibility": "public", "members": ["methods", "properties"],
                "exclude": true, "name": "n", "kind": "client", "source": "s", "tags": { "a": "b" }, "spans": false, "metrics": true, } ] }
            """));
        Assert.Equal(("A", "T", "M", "At"), (rule.Assembly, rule.Type, rule.Method, rule.Attribute));
        Assert.Equal((WeaveVisibility.Public, WeaveMembers.Methods | WeaveMembers.Properties), (rule.Visibility, rule.Members));
        Assert.Equal((true, "n", ActivityKind.Client, "s", false, true), (rule.Exclude, rule.Name, rule.Kind, rule.Source, rule.Spans, rule.Metrics));
        Assert.Equal("b", rule.Tags["a"]);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var fault = Assert.Throws<FormatException>(() => RuleFile.Parse("""
            { "rules": [ { "typ": "x", "kind": "unknown", "exclude": 1, "tags": [] }, 5 ], "recipes": ["none"], "more": 1 }
            """));
        Assert.Equal(7, fault.Message.Split('\n').Length);
        Assert.All(fault.Message.Split('\n'), line => Assert.StartsWith("OBS7012: ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "rules": [ { "kind": "2" } ] }""", "rules[0].kind must be one of Internal, ")]
    [InlineData("""{ "rules": [ { "kind": "client, server" } ] }""", "rules[0].kind must be one of Internal, ")]
    [InlineData("""{ "rules": [ { "visibility": "7" } ] }""", "rules[0].visibility must be one of Any, ")]
    [InlineData("""{ "rules": [ {}, { "members": ["63"] } ] }""", "rules[1].members must be a list of None, Methods, ")]
    [InlineData("""{ "rules": [ { "members": [1] } ] }""", "rules[0].members must be a list of None, Methods, ")]
    [InlineData("""{ "rules": [ { "members": [] } ] }""", "rules[0].members must be a list of None, Methods, ")]
    [InlineData("""{ "rules": [ { "type": "A", "type": "B" } ] }""", "rules[0] has \"type\" more than once; leave one")]
    [InlineData("""{ "rules": [ { "tags": { "a": "b", "c": "d", "a": "e" } } ] }""", "rules[0].tags has \"a\" more than once; leave one")]
    [InlineData("""{ "rules": [], "rules": [ { "type": "A" } ] }""", "the file has \"rules\" more than once; leave one")]
    public void What_could_be_meant_in_two_ways_is_told(string text, string fault)
    {
        var told = Assert.Throws<FormatException>(() => RuleFile.Parse(text)).Message;
        Assert.StartsWith("OBS7012: the rules cannot be read: " + fault, told, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', told);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"rules\": 5 }")]
    public void What_is_no_rule_file_is_told(string text) => Assert.Throws<FormatException>(() => RuleFile.Parse(text));
}
