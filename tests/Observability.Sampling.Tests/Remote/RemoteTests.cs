using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

public class RemoteTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public async Task A_strategy_is_fetched_and_put_in_force()
    {
        await using var server = new StrategyServer("""{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.25}}""");
        using var sampler = Make(server);
        await Until(() => Probability(sampler) == 0.25);
        Assert.Equal("/sampling?service=shop%20web", server.Asked.First());
        Assert.Equal("remote", sampler.Explain(new SamplingRequest()).Rule);
    }

    [Fact]
    public async Task A_changed_strategy_is_in_force_after_the_next_poll()
    {
        await using var server = new StrategyServer("""{"strategyType":0,"probabilisticSampling":{"samplingRate":0.25}}""");
        using var sampler = Make(server);
        await Until(() => Probability(sampler) == 0.25);
        var version = sampler.Policies;
        await Poll(server);
        await Poll(server);
        Assert.Same(version, sampler.Policies);
        server.Answer = """{"strategyType":1,"rateLimitingSampling":{"maxTracesPerSecond":5}}""";
        await Poll(server);
        await Until(() => Probability(sampler) == 1);
        var kept = Enumerable.Range(0, 1000).Count(_ => sampler.ShouldSample(Spans.Root()).Decision == SamplingDecision.RecordAndSample);
        Assert.InRange(kept, 5, 120);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"probabilisticSampling":{"samplingRate":2}}""")]
    [InlineData(200, """{"probabilisticSampling":{"samplingRate":"much"}}""")]
    [InlineData(200, """{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":-1}}""")]
    [InlineData(200, """{"operationSampling":{"perOperationStrategies":[{}]}}""")]
    public async Task The_last_good_strategy_stays_when_the_server_fails(int status, string answer)
    {
        using var events = new SamplingEvents();
        await using var server = new StrategyServer("""{"probabilisticSampling":{"samplingRate":0.25}}""");
        using var sampler = Make(server);
        await Until(() => Probability(sampler) == 0.25);
        (server.Status, server.Answer) = (status, answer);
        await Poll(server);
        await Until(() => events.FromAnywhere(3004).Any(text => text.Contains(server.Address, StringComparison.Ordinal)));
        Assert.Equal(0.25, Probability(sampler));
        (server.Status, server.Answer) = (200, """{"probabilisticSampling":{"samplingRate":0.5}}""");
        await Poll(server);
        await Until(() => Probability(sampler) == 0.5);
    }

    [Fact]
    public async Task The_initial_ratio_holds_until_a_strategy_comes_and_a_silent_server_blocks_nothing()
    {
        using var events = new SamplingEvents();
        await using var server = new StrategyServer("") { Silent = true };
        using var sampler = Make(server, options => options.Remote.TimeoutMs = 50);
        Assert.Equal(0.125, Probability(sampler));
        await Until(() => events.FromAnywhere(3004).Any(text => text.Contains(server.Address, StringComparison.Ordinal) && text.Contains("no answer within 50 ms", StringComparison.Ordinal)));
        Assert.Equal(0.125, Probability(sampler));
    }

    [Fact]
    public async Task Operations_have_ratios_of_their_own_and_a_lower_bound()
    {
        // The shape of Jaeger's documentation on file-based sampling strategies, as its server answers it.
        await using var server = new StrategyServer("""
            {"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.8},
             "operationSampling":{"defaultSamplingProbability":0,"defaultLowerBoundTracesPerSecond":0.1,
              "perOperationStrategies":[
               {"operation":"op1","probabilisticSampling":{"samplingRate":0.25}},
               {"operation":"/health","probabilisticSampling":{"samplingRate":0}},
               {"operation":"rare","probabilisticSampling":{"samplingRate":0.000001}}]}}
            """);
        using var sampler = Make(server);
        await Until(() => Probability(sampler, "op1") is 0.25 or 1);
        Assert.Equal(0, Probability(sampler, "/health"));
        Assert.Equal(0, Probability(sampler, "another"));
        var rare = Enumerable.Range(0, 100).Count(_ => sampler.ShouldSample(Spans.Root(Spans.TraceId(0), "rare")).Decision == SamplingDecision.RecordAndSample);
        Assert.Equal(6, rare);
    }

    /// <summary>
    /// The strategies.json of https://www.jaegertracing.io/docs/latest/architecture/sampling/#file-based-sampling-configuration: services foo (0.8,
    /// op1 0.2, op2 0.4) and bar (5 a second), default 0.5 with /health and /metrics 0, as Jaeger's server answers for each service.
    /// </summary>
    [Theory]
    [InlineData("op1", 0.2, """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.8},"operationSampling":{"defaultSamplingProbability":0.8,"defaultLowerBoundTracesPerSecond":0,"perOperationStrategies":[{"operation":"op1","probabilisticSampling":{"samplingRate":0.2}},{"operation":"op2","probabilisticSampling":{"samplingRate":0.4}},{"operation":"/health","probabilisticSampling":{"samplingRate":0}},{"operation":"/metrics","probabilisticSampling":{"samplingRate":0}}],"defaultUpperBoundTracesPerSecond":0}}""")]
    [InlineData("op2", 0.4, """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.8},"operationSampling":{"defaultSamplingProbability":0.8,"perOperationStrategies":[{"operation":"op1","probabilisticSampling":{"samplingRate":0.2}},{"operation":"op2","probabilisticSampling":{"samplingRate":0.4}}]}}""")]
    [InlineData("op3", 0.8, """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.8},"operationSampling":{"defaultSamplingProbability":0.8,"perOperationStrategies":[{"operation":"op1","probabilisticSampling":{"samplingRate":0.2}}]}}""")]
    [InlineData("any", 1, """{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":5}}""")]
    [InlineData("/health", 0, """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.5},"operationSampling":{"defaultSamplingProbability":0.5,"perOperationStrategies":[{"operation":"/health","probabilisticSampling":{"samplingRate":0}},{"operation":"/metrics","probabilisticSampling":{"samplingRate":0}}]}}""")]
    [InlineData("other", 0.5, """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.5},"operationSampling":{"defaultSamplingProbability":0.5,"perOperationStrategies":[{"operation":"/health","probabilisticSampling":{"samplingRate":0}}]}}""")]
    public async Task The_answers_for_the_strategies_of_Jaeger_s_documentation_give_their_ratios(string operation, double probability, string answer)
    {
        await using var server = new StrategyServer(answer);
        using var sampler = Make(server);
        await Until(() => Probability(sampler, operation) != 0.125);
        Assert.Equal(probability, Probability(sampler, operation), probability / 2000);
    }

    [Fact]
    public async Task Rules_come_before_the_server_s_strategy()
    {
        await using var server = new StrategyServer("""{"probabilisticSampling":{"samplingRate":0.25}}""");
        using var sampler = Make(server, options => options.Rules.Add(new SamplingRule { Name = "drop", SpanName = ["drop"], Drop = true }));
        await Until(() => Probability(sampler) == 0.25);
        Assert.Equal("drop", sampler.Explain(new SamplingRequest { SpanName = "drop" }).Rule);
    }

    [Fact]
    public async Task Polls_are_not_traced_and_end_with_the_sampler()
    {
        await using var server = new StrategyServer("""{"probabilisticSampling":{"samplingRate":1}}""");
        var collected = new CollectingProcessor();
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource("System.Net.Http").SetSampler(new AlwaysOnSampler()).AddProcessor(collected).Build();
        var sampler = Make(server);
        await Until(() => server.Asked.Count == 1);
        await Poll(server);
        await Until(() => server.Asked.Count == 2);
        Assert.DoesNotContain(collected.Exported, span => span.TagObjects.Any(tag => tag.Value is string text && text.StartsWith(server.Address, StringComparison.Ordinal)));
        sampler.Dispose();
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(2, server.Asked.Count);
    }

    [Theory]
    [InlineData("http://h:5778", "http://h:5778/sampling?service=s")]
    [InlineData("http://h:5778/", "http://h:5778/sampling?service=s")]
    [InlineData("http://h:14268/api/sampling", "http://h:14268/api/sampling?service=s")]
    [InlineData("https://h/x?tenant=1", "https://h/x?tenant=1&service=s")]
    public void The_address_is_completed(string server, string address) => Assert.Equal(address, RemotePoller.Address(server, "s").AbsoluteUri.Replace(":443", "", StringComparison.Ordinal));

    [Fact]
    public void Any_bytes_at_all_are_a_strategy_or_a_format_fault()
    {
        var random = new Random(8);
        var good = """{"strategyType":"PROBABILISTIC","operationSampling":{"defaultSamplingProbability":0.5,"perOperationStrategies":[{"operation":"a","probabilisticSampling":{"samplingRate":1}}]}}"""u8.ToArray();
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = good.ToArray();
            for (var change = random.Next(6); change >= 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                var strategy = RemoteStrategyParser.Parse(bytes.AsMemory(0, random.Next(10) == 0 ? random.Next(bytes.Length) : bytes.Length));
                Assert.InRange(strategy.Ratio, 0, 1);
            }
            catch (FormatException)
            {
                // What the poller expects.
            }
        }
    }

    private PolicySampler Make(StrategyServer server, Action<SamplingOptions>? configure = null)
    {
        var options = new SamplingOptions { ServiceName = "shop web", Remote = { Jaeger = server.Address, InitialRatio = 0.125, PollMs = 1000 } };
        configure?.Invoke(options);
        return new SamplerFactory(new SamplingSurroundings { Time = _time }).Create(options);
    }

    private static double Probability(PolicySampler sampler, string name = "op") =>
        sampler.Explain(new SamplingRequest { Kind = ActivityKind.Internal, SpanName = name }).Probability;

    /// <summary>Moves time until the server was asked once more: a poll that is still under way lets one tick pass.</summary>
    private async Task Poll(StrategyServer server)
    {
        var asked = server.Asked.Count;
        await Until(() =>
        {
            if (server.Asked.Count == asked) _time.Advance(TimeSpan.FromSeconds(1));
            return server.Asked.Count > asked;
        });
    }

    private static async Task Until(Func<bool> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(90), "it did not come about");
            await Task.Delay(10);
        }
    }
}
