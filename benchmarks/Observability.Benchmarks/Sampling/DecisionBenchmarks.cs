using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Observability.Sampling;
using OpenTelemetry.Trace;

namespace Observability.Benchmarks.Sampling;

/// <summary>One decision about one request, with the attributes that ASP.NET Core gives, by twenty rules and by the SDK.</summary>
public class DecisionBenchmarks
{
    private readonly Sampler _sdk = new ParentBasedSampler(new TraceIdRatioBasedSampler(0.05));
    private readonly Sampler _rules = new SamplerFactory().Create(Options(ratio: 0.05));
    private readonly Sampler _limited = new SamplerFactory().Create(Limited(perSecond: 100));
    private readonly Sampler _plain = new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = 0.05 } });

    private SamplingParameters _droppedRoot;
    private SamplingParameters _keptRoot;
    private SamplingParameters _probe;
    private SamplingParameters _lastRule;
    private SamplingParameters _keptChild;

    [GlobalSetup]
    public void Setup()
    {
        var dropped = ActivityTraceId.CreateFromString("ffffffffffffffff0000000000000001");
        var kept = ActivityTraceId.CreateFromString("0000000000000001ffffffffffffffff");
        _droppedRoot = Request(dropped, "/other/page");
        _keptRoot = Request(kept, "/other/page");
        _probe = Request(dropped, "/health/ready");
        _lastRule = Request(kept, "/area18/orders");
        var parent = new ActivityContext(kept, ActivitySpanId.CreateFromString("00f067aa0ba902b7"), ActivityTraceFlags.Recorded, "ot=th:f3333", isRemote: true);
        _keptChild = new SamplingParameters(parent, kept, "Microsoft.AspNetCore.Hosting.HttpRequestIn", ActivityKind.Server, Attributes("/other/page"));
    }

    [Benchmark(Baseline = true)]
    public SamplingDecision Sdk_ratio_dropped() => _sdk.ShouldSample(in _droppedRoot).Decision;

    [Benchmark]
    public SamplingDecision Sdk_ratio_kept() => _sdk.ShouldSample(in _keptRoot).Decision;

    [Benchmark]
    public SamplingDecision Sdk_child_kept() => _sdk.ShouldSample(in _keptChild).Decision;

    [Benchmark]
    public SamplingDecision No_rule_dropped() => _plain.ShouldSample(in _droppedRoot).Decision;

    [Benchmark]
    public SamplingDecision First_rule_dropped() => _rules.ShouldSample(in _probe).Decision;

    [Benchmark]
    public SamplingDecision Twenty_rules_dropped() => _rules.ShouldSample(in _droppedRoot).Decision;

    [Benchmark]
    public SamplingDecision Twenty_rules_kept_root() => _rules.ShouldSample(in _keptRoot).Decision;

    [Benchmark]
    public SamplingDecision Twenty_rules_kept_by_last() => _rules.ShouldSample(in _lastRule).Decision;

    [Benchmark]
    public SamplingDecision Twenty_rules_kept_child() => _rules.ShouldSample(in _keptChild).Decision;

    [Benchmark]
    public SamplingDecision Rate_limited() => _limited.ShouldSample(in _droppedRoot).Decision;

    internal static SamplingOptions Options(double ratio)
    {
        var options = new SamplingOptions { Default = { Ratio = ratio } };
        options.Rules.Add(new SamplingRule { Name = "probes", Path = ["/health*", "/metrics"], Drop = true });
        for (var i = 1; i < 19; i++) options.Rules.Add(new SamplingRule { Name = "area" + i, Method = i % 2 == 0 ? ["GET"] : ["POST"], Path = [$"/area{i}/*"], Ratio = 0.5 });
        options.Rules.Add(new SamplingRule { Name = "admin", Host = ["admin.*"], Path = ["*/login"], Ratio = 1 });
        return options;
    }

    internal static SamplingOptions Limited(double perSecond)
    {
        var options = Options(1);
        options.Limit.MaxPerSecond = perSecond;
        return options;
    }

    internal static SamplingParameters Request(ActivityTraceId id, string path) =>
        new(default, id, "Microsoft.AspNetCore.Hosting.HttpRequestIn", ActivityKind.Server, Attributes(path));

    /// <summary>A boxed TagList, as ASP.NET Core passes it.</summary>
    private static TagList Attributes(string path) => new()
    {
        { "server.address", "shop.example" },
        { "server.port", 443 },
        { "http.request.method", "GET" },
        { "url.scheme", "https" },
        { "url.path", path },
    };
}
