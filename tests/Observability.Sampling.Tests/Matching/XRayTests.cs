using System.Diagnostics;
using System.Text.Json;

namespace Observability.Sampling.Tests;

/// <summary>
/// The rules and targets of AWS X-Ray's documentation, https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sampling.html, carried over to
/// rules of ours: the order of priority, the patterns and the fixed rate say the same. A reservoir (so many a second before the rate
/// begins, handed out by the service) has no counterpart: traces that it keeps have no probability.
/// </summary>
public class XRayTests
{
    private const string Rules = """
        {"SamplingRuleRecords":[
          {"SamplingRule":{"RuleName":"Default","RuleARN":"arn:aws:xray:us-east-1::sampling-rule/Default","ResourceARN":"*","Priority":10000,"FixedRate":0.01,
           "ReservoirSize":0,"ServiceName":"*","ServiceType":"*","Host":"*","HTTPMethod":"*","URLPath":"*","Version":1,"Attributes":{}},"CreatedAt":0.0,"ModifiedAt":1530558121.0},
          {"SamplingRule":{"RuleName":"base-scorekeep","RuleARN":"arn:aws:xray:us-east-1::sampling-rule/base-scorekeep","ResourceARN":"*","Priority":9000,"FixedRate":0.1,
           "ReservoirSize":2,"ServiceName":"Scorekeep","ServiceType":"*","Host":"*","HTTPMethod":"*","URLPath":"*","Version":1,"Attributes":{}},"CreatedAt":1530573954.0,"ModifiedAt":1530920505.0},
          {"SamplingRule":{"RuleName":"polling-scorekeep","RuleARN":"arn:aws:xray:us-east-1::sampling-rule/polling-scorekeep","ResourceARN":"*","Priority":5000,"FixedRate":0.003,
           "ReservoirSize":0,"ServiceName":"Scorekeep","ServiceType":"*","Host":"*","HTTPMethod":"GET","URLPath":"/api/state/*","Version":1,"Attributes":{}},"CreatedAt":1530918163.0,"ModifiedAt":1530918163.0}]}
        """;

    private const string Targets = """
        {"SamplingTargetDocuments":[
          {"RuleName":"base-scorekeep","FixedRate":0.1,"ReservoirQuota":2,"ReservoirQuotaTTL":1530923107.0,"Interval":10},
          {"RuleName":"polling-scorekeep","FixedRate":0.003,"ReservoirQuota":0,"ReservoirQuotaTTL":1530923107.0,"Interval":10}],
         "LastRuleModification":1530920505.0,"UnprocessedStatistics":[]}
        """;

    [Theory]
    [InlineData("Scorekeep", "GET", "/api/state/7", "polling-scorekeep", 0.003)]
    [InlineData("Scorekeep", "get", "/API/state/", "polling-scorekeep", 0.003)]
    [InlineData("Scorekeep", "POST", "/api/state/7", "base-scorekeep", 0.1)]
    [InlineData("Scorekeep", "GET", "/api/states", "base-scorekeep", 0.1)]
    [InlineData("Another", "GET", "/api/state/7", "Default", 0.01)]
    public void A_request_meets_the_rule_that_it_meets_there_with_the_same_rate(string service, string method, string path, string rule, double rate)
    {
        using var sampler = new SamplerFactory().Create(Translated(service));
        var told = sampler.Explain(new SamplingRequest { Method = method, Path = path, Host = "scorekeep.example" });
        Assert.Equal(rule, told.Rule);
        Assert.Equal(rate, told.Probability, rate / 2000);
    }

    [Fact]
    public void A_target_s_rate_takes_the_place_of_its_rule_s()
    {
        var options = Translated("Scorekeep");
        foreach (var rule in options.Rules) rule.Ratio = 1;
        foreach (var target in JsonDocument.Parse(Targets).RootElement.GetProperty("SamplingTargetDocuments").EnumerateArray())
            options.Rules.Single(rule => rule.Name == target.GetProperty("RuleName").GetString()).Ratio = target.GetProperty("FixedRate").GetDouble();
        using var sampler = new SamplerFactory().Create(options);
        Assert.Equal(0.003, sampler.Explain(new SamplingRequest { Method = "GET", Path = "/api/state/7" }).Probability, 1e-5);
        Assert.Equal(0.1, sampler.Explain(new SamplingRequest { Method = "GET", Path = "/" }).Probability, 1e-4);
    }

    private static SamplingOptions Translated(string service) => new()
    {
        ServiceName = service,
        Rules = [.. JsonDocument.Parse(Rules).RootElement.GetProperty("SamplingRuleRecords").EnumerateArray()
            .Select(record => record.GetProperty("SamplingRule"))
            .OrderBy(rule => rule.GetProperty("Priority").GetInt32())
            .Select(rule => new SamplingRule
            {
                Name = rule.GetProperty("RuleName").GetString()!,
                Kind = ActivityKind.Server,
                Service = Pattern(rule, "ServiceName"),
                Host = Pattern(rule, "Host"),
                Method = Pattern(rule, "HTTPMethod"),
                Path = Pattern(rule, "URLPath"),
                Ratio = rule.GetProperty("FixedRate").GetDouble(),
            })],
    };

    /// <summary>There a lone star also matches what is not known; here a condition that is not written does.</summary>
    private static string[] Pattern(JsonElement rule, string name) => rule.GetProperty(name).GetString() is { } pattern and not "*" ? [pattern] : [];
}
