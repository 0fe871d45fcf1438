using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

public class RuleTests
{
    [Theory]
    [InlineData("kind", true)]
    [InlineData("kind-other", false)]
    [InlineData("name", true)]
    [InlineData("name-case", false)]
    [InlineData("method", true)]
    [InlineData("method-case", true)]
    [InlineData("method-other", false)]
    [InlineData("path", true)]
    [InlineData("path-second", true)]
    [InlineData("path-other", false)]
    [InlineData("host", true)]
    [InlineData("host-other", false)]
    [InlineData("agent", true)]
    [InlineData("agent-other", false)]
    [InlineData("attribute", true)]
    [InlineData("attribute-number", true)]
    [InlineData("attribute-flag", true)]
    [InlineData("attribute-list", true)]
    [InlineData("attribute-missing", false)]
    [InlineData("attribute-both-one-wrong", false)]
    [InlineData("service", true)]
    [InlineData("service-other", false)]
    public void A_condition_holds_or_not(string which, bool matches)
    {
        var rule = which switch
        {
            "kind" => new SamplingRule { Kind = ActivityKind.Server },
            "kind-other" => new SamplingRule { Kind = ActivityKind.Client },
            "name" => new SamplingRule { SpanName = ["GET /cart*"] },
            "name-case" => new SamplingRule { SpanName = ["get /cart*"] },
            "method" => new SamplingRule { Method = ["PUT", "POST"] },
            "method-case" => new SamplingRule { Method = ["post"] },
            "method-other" => new SamplingRule { Method = ["GET"] },
            "path" => new SamplingRule { Path = ["/cart/*"] },
            "path-second" => new SamplingRule { Path = ["/health", "/CART/items"] },
            "path-other" => new SamplingRule { Path = ["/cart"] },
            "host" => new SamplingRule { Host = ["*.example"] },
            "host-other" => new SamplingRule { Host = ["example"] },
            "agent" => new SamplingRule { UserAgent = ["*curl*"] },
            "agent-other" => new SamplingRule { UserAgent = ["kube-probe*"] },
            "attribute" => new SamplingRule { Attributes = { ["tenant"] = "gold*" } },
            "attribute-number" => new SamplingRule { Attributes = { ["server.port"] = "443" } },
            "attribute-flag" => new SamplingRule { Attributes = { ["vip"] = "true" } },
            "attribute-list" => new SamplingRule { Attributes = { ["roles"] = "admin" } },
            "attribute-missing" => new SamplingRule { Attributes = { ["nothing"] = "*" } },
            "attribute-both-one-wrong" => new SamplingRule { Attributes = { ["tenant"] = "gold*", ["vip"] = "false" } },
            "service" => new SamplingRule { Service = ["shop-*"] },
            _ => new SamplingRule { Service = ["bank"] },
        };
        rule.Name = which;
        var options = new SamplingOptions { ServiceName = "shop-web", Rules = [rule], Default = { Ratio = 0 } };
        using var sampler = new SamplerFactory().Create(options);
        var span = Spans.Root(name: "GET /cart/items", kind: ActivityKind.Server, attributes:
        [
            new("http.request.method", "POST"), new("url.path", "/cart/items"), new("server.address", "shop.example"), new("server.port", 443),
            new("user_agent.original", "Mozilla curl/8"), new("tenant", "golden"), new("vip", true), new("roles", new[] { "user", "admin" }),
        ]);
        Assert.Equal(matches, sampler.ShouldSample(span).Decision == SamplingDecision.RecordAndSample);
    }

    [Fact]
    public void The_first_rule_that_matches_decides()
    {
        using var sampler = Make(
            new SamplingRule { Name = "a", Path = ["/a*"], Drop = true },
            new SamplingRule { Name = "ab", Path = ["/ab*"] },
            new SamplingRule { Name = "rest", Drop = true });
        Assert.Equal(SamplingDecision.Drop, sampler.ShouldSample(Spans.Request("GET", "/ab")).Decision);
    }

    [Theory]
    [InlineData(RuleParent.Undecided, true, false, false)]
    [InlineData(RuleParent.None, true, false, false)]
    [InlineData(RuleParent.Local, false, true, false)]
    [InlineData(RuleParent.Remote, false, false, true)]
    [InlineData(RuleParent.Any, true, true, true)]
    public void A_rule_speaks_about_the_parents_that_it_names(RuleParent parent, bool root, bool local, bool remote)
    {
        using var sampler = Make(new SamplingRule { Name = "drop", Parent = parent, Drop = true });
        Assert.Equal(root, Drops(sampler, Spans.Root()));
        Assert.Equal(local, Drops(sampler, Spans.Child(sampled: true, remote: false)));
        Assert.Equal(remote, Drops(sampler, Spans.Child(sampled: true, remote: true)));
    }

    [Fact]
    public void A_rule_without_a_parent_speaks_about_untrusted_remote_parents_and_about_all_when_parents_are_ignored()
    {
        using var untrusting = new SamplerFactory().Create(new SamplingOptions { TrustRemote = false, Rules = [new SamplingRule { Name = "drop", Drop = true }] });
        Assert.True(Drops(untrusting, Spans.Child(sampled: true, remote: true)));
        Assert.False(Drops(untrusting, Spans.Child(sampled: true, remote: false)));
        using var ignoring = new SamplerFactory().Create(new SamplingOptions { Parent = ParentPolicy.Ignore, Rules = [new SamplingRule { Name = "drop", Drop = true }] });
        Assert.True(Drops(ignoring, Spans.Child(sampled: true, remote: false)));
    }

    [Fact]
    public void Older_attribute_names_are_understood()
    {
        using var sampler = Make(new SamplingRule { Name = "drop", Path = ["/old"], Method = ["GET"], Host = ["h"], UserAgent = ["u"], Drop = true });
        Assert.True(Drops(sampler, Spans.Root(attributes:
            [new("http.target", "/old?q=1"), new("http.method", "GET"), new("http.host", "h"), new("http.user_agent", "u")])));
    }

    [Theory]
    [InlineData("array")]
    [InlineData("list")]
    [InlineData("tag list")]
    [InlineData("collection")]
    [InlineData("lazy")]
    public void Attributes_are_read_from_whatever_collection_they_come_in(string kind)
    {
        KeyValuePair<string, object?>[] pairs = [new("url.path", "/drop"), new("tenant", "gold")];
        IEnumerable<KeyValuePair<string, object?>> attributes = kind switch
        {
            "array" => pairs,
            "list" => pairs.ToList(),
            "tag list" => new TagList(pairs),
            "collection" => new ActivityTagsCollection(pairs),
            _ => pairs.Where(_ => true),
        };
        using var sampler = Make(new SamplingRule { Name = "drop", Path = ["/drop"], Attributes = { ["tenant"] = "gold" }, Drop = true });
        Assert.True(Drops(sampler, new SamplingParameters(default, ActivityTraceId.CreateRandom(), "op", ActivityKind.Server, attributes)));
    }

    [Fact]
    public void An_Xray_rule_document_reads_as_our_rule()
    {
        // AWS X-Ray API reference, SamplingRule: every field a glob, FixedRate after the reservoir; "*" asks for nothing.
        var document = """{"RuleName":"checkout","Priority":1,"FixedRate":0.5,"ReservoirSize":1,"ServiceName":"*","Host":"*.example","HTTPMethod":"POST","URLPath":"/checkout/*","Version":1}""";
        using var json = System.Text.Json.JsonDocument.Parse(document);
        string Field(string name) => json.RootElement.GetProperty(name).GetString()!;
        using var sampler = new SamplerFactory().Create(new SamplingOptions
        {
            Default = { Ratio = 0 },
            ServiceName = "shop",
            Rules = [new SamplingRule { Name = Field("RuleName"), Service = [Field("ServiceName")], Host = [Field("Host")], Method = [Field("HTTPMethod")], Path = [Field("URLPath")], Ratio = json.RootElement.GetProperty("FixedRate").GetDouble() }],
        });
        Assert.Equal("ot=th:8", sampler.ShouldSample(Spans.Request("POST", "/checkout/7", traceId: Spans.TraceId(0x80000000000000))).TraceStateString);
        Assert.True(Drops(sampler, Spans.Request("GET", "/checkout/7")));
    }

    [Fact]
    public void Rare_operations_are_kept_beside_a_flood()
    {
        var time = new VirtualTime();
        using var sampler = new SamplerFactory(new SamplingSurroundings { Time = time }).Create(new SamplingOptions
        {
            Default = { Ratio = 0.001 },
            Limit = { MaxPerSecond = 10 },
            Fairness = { MinPerMinute = 2 },
        });
        var rare = new int[10];
        for (var second = 0; second < 600; second++)
        {
            time.AdvanceTo(second);
            for (var i = 0; i < 200; i++) sampler.ShouldSample(Spans.Request("GET", $"/flood/{i}"));
            if (second % 30 != 7) continue;
            for (var i = 0; i < rare.Length; i++)
            {
                if (!Drops(sampler, Spans.Request("GET", $"/rare-{(char)('a' + i)}/{second}"))) rare[i]++;
            }
        }
        Assert.All(rare, kept => Assert.Equal(20, kept));
    }

    [Fact]
    public void A_flood_of_operation_names_takes_half_of_the_limit_at_most_and_no_memory()
    {
        var time = new VirtualTime();
        using var sampler = new SamplerFactory(new SamplingSurroundings { Time = time }).Create(new SamplingOptions
        {
            Default = { Ratio = 0.000_001 },
            Limit = { MaxPerSecond = 10 },
            Fairness = { MinPerMinute = 2, MaxOperations = 65_536 },
        });
        var names = Enumerable.Range(0, 60_000).Select(i => "op" + i).ToArray();
        var kept = 0;
        for (var second = 0; second < 60; second++)
        {
            time.AdvanceTo(second);
            for (var i = 0; i < 1000; i++) kept += Drops(sampler, Spans.Root(name: names[(second * 1000) + i])) ? 0 : 1;
        }
        Assert.InRange(kept, 250, 5 * 60 + 50 + 30);
    }

    private static PolicySampler Make(params SamplingRule[] rules) => new SamplerFactory().Create(new SamplingOptions { Rules = [.. rules] });

    private static bool Drops(Sampler sampler, SamplingParameters span) => sampler.ShouldSample(span).Decision == SamplingDecision.Drop;
}
