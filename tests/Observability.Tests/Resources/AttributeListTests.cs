using Observability.Resources;

namespace Observability.Tests.Resources;

public class AttributeListTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" , ,", "")]
    [InlineData("a=b", "a=b")]
    [InlineData(" a = b , c=d=e ", "a=b;c=d=e")]
    [InlineData("a=x%2Cy%3Dz%25,b%2Ec=%C3%A9+1", "a=x,y=z%;b.c=é+1")]
    [InlineData("a=é ü", "a=é ü")]
    [InlineData("a=1,a=2", "a=2")]
    public void Names_and_values_are_decoded(string? list, string expected)
    {
        var parsed = AttributeList.Parse(list, (entry, reason) => Assert.Fail(entry + reason));
        Assert.Equal(expected, string.Join(';', parsed.Select(item => $"{item.Key}={item.Value}")));
    }

    [Theory]
    [InlineData("novalue")]
    [InlineData("=v")]
    [InlineData("a=%")]
    [InlineData("a=%2")]
    [InlineData("a=%zz")]
    [InlineData("a=%+1")]
    [InlineData("a=%FF")]
    [InlineData("%C3=v")]
    public void A_malformed_entry_is_reported_and_the_others_stay(string entry)
    {
        var faults = new List<string>();
        var parsed = AttributeList.Parse($"x=1,{entry},y=2", (text, _) => faults.Add(text));
        Assert.Equal([entry], faults);
        Assert.Equal(["x", "y"], parsed.Select(item => item.Key));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void No_text_throws(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => "a=,%2Cé\ud800 F"[random.Next(10)]));
            Assert.All(AttributeList.Parse(text, (_, _) => { }), item => Assert.NotEqual("", item.Key));
        }
    }
}
