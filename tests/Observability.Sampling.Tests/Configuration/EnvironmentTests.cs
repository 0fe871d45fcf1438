using OpenTelemetry;
using OpenTelemetry.Trace;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Observability.Sampling.Tests;

public class EnvironmentTests
{
    [Theory]
    [InlineData("always_on", null, 1, ParentPolicy.Ignore, SamplingAlgorithm.Consistent)]
    [InlineData("always_off", null, 0, ParentPolicy.Ignore, SamplingAlgorithm.Consistent)]
    [InlineData("traceidratio", "0.25", 0.25, ParentPolicy.Ignore, SamplingAlgorithm.Legacy)]
    [InlineData("traceidratio", null, 1, ParentPolicy.Ignore, SamplingAlgorithm.Legacy)]
    [InlineData("parentbased_always_on", null, 1, ParentPolicy.Threshold, SamplingAlgorithm.Consistent)]
    [InlineData("parentbased_always_off", null, 0, ParentPolicy.Threshold, SamplingAlgorithm.Consistent)]
    [InlineData("parentbased_traceidratio", "0.5", 0.5, ParentPolicy.Threshold, SamplingAlgorithm.Legacy)]
    [InlineData("ParentBased_TraceIdRatio", " 1e-2 ", 0.01, ParentPolicy.Threshold, SamplingAlgorithm.Legacy)]
    public void Every_standard_name_is_understood(string sampler, string? argument, double ratio, ParentPolicy parent, SamplingAlgorithm algorithm)
    {
        var options = new SamplingOptions();
        Assert.Empty(SamplerFactory.ApplyEnvironment(options, sampler, argument));
        Assert.Equal((ratio, parent, algorithm), (options.Default.Ratio, options.Parent, options.Default.Algorithm));
    }

    [Theory]
    [InlineData("jaeger_remote", ParentPolicy.Ignore)]
    [InlineData("parentbased_jaeger_remote", ParentPolicy.Threshold)]
    public void Jaeger_s_argument_is_understood(string sampler, ParentPolicy parent)
    {
        var options = new SamplingOptions();
        Assert.Empty(SamplerFactory.ApplyEnvironment(options, sampler, "endpoint=http://localhost:14250,pollingIntervalMs=5000,initialSamplingRate=0.25"));
        Assert.Equal(("http://localhost:14250", 5000, 0.25, parent), (options.Remote.Jaeger, options.Remote.PollMs, options.Remote.InitialRatio, options.Parent));
    }

    [Theory]
    [InlineData("always", null, "OTEL_TRACES_SAMPLER is 'always'")]
    [InlineData("xray", null, "OTEL_TRACES_SAMPLER is 'xray'")]
    [InlineData("parentbased_", null, "OTEL_TRACES_SAMPLER is 'parentbased_'")]
    [InlineData("traceidratio", "2", "OTEL_TRACES_SAMPLER_ARG is '2'")]
    [InlineData("traceidratio", "NaN", "OTEL_TRACES_SAMPLER_ARG is 'NaN'")]
    [InlineData("parentbased_traceidratio", "half", "OTEL_TRACES_SAMPLER_ARG is 'half'")]
    [InlineData("jaeger_remote", "endpoint=nowhere", "has the part 'endpoint=nowhere'")]
    [InlineData("jaeger_remote", "endpoint=ftp://user:password@jaeger", "has the part an address with credentials. Give")]
    [InlineData("jaeger_remote", "pollingIntervalMs=-1", "has the part 'pollingIntervalMs=-1'")]
    [InlineData("jaeger_remote", "initialSamplingRate=2,foo", "has the part 'initialSamplingRate=2'")]
    public void What_is_invalid_is_reported_and_leaves_valid_options(string sampler, string? argument, string fault)
    {
        var options = new SamplingOptions();
        Assert.Contains(SamplerFactory.ApplyEnvironment(options, sampler, argument), text => text.Contains(fault, StringComparison.Ordinal));
        Assert.True(new SamplingOptionsValidator().Validate(null, options).Succeeded);
    }

    [Fact]
    public void A_sampler_is_made_of_the_variables_alone()
    {
        using var sampler = Make("traceidratio", "0.5").CreateFromEnvironment(out var faults);
        Assert.Empty(faults);
        Assert.Equal(SamplingDecision.Drop, sampler!.ShouldSample(Spans.Root(Spans.TraceId(0, leading: long.MaxValue))).Decision);
        Assert.Null(Make("nonsense", null).CreateFromEnvironment(out faults));
        Assert.Single(faults);
        Assert.Null(Make(null, null).CreateFromEnvironment(out faults));
        Assert.Empty(faults);
    }

    [Fact]
    public void Code_and_section_come_before_the_variables_and_these_before_the_default()
    {
        Assert.Equal(0.5, RatioOf(null, ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.5")));
        Assert.Equal(0.25, RatioOf(options => options.Default.Ratio = 0.25, ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.5")));
        Assert.Equal(0.125, RatioOf(null, ("OTEL_TRACES_SAMPLER", "always_off"), ("Observability:Sampling:Default:Ratio", "0.125")));
        Assert.Equal(1, RatioOf(null));
    }

    private static double RatioOf(Action<SamplingOptions>? code, params (string Key, string Value)[] configuration)
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection(configuration.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value))).Build();
        var name = "environment-" + Guid.NewGuid();
        using var source = new ActivitySource(name);
        PolicySampler? sampler = null;
        var builder = Sdk.CreateTracerProviderBuilder().AddSource(name).ConfigureServices(services => services.AddSingleton<IConfiguration>(root));
        if (code is null) builder.AddSamplingPolicies(root.GetSection(SamplingOptions.SectionName));
        else builder.AddSamplingPolicies(code);
        ((IDeferredTracerProviderBuilder)builder).Configure((services, _) =>
            sampler = new SamplerFactory().Create(services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<SamplingOptions>>().CurrentValue));
        using var provider = builder.Build();
        return sampler!.Explain(new SamplingRequest()).Probability;
    }

    private static SamplerFactory Make(string? sampler, string? argument) => new(new SamplingSurroundings
    {
        ReadEnvironment = name => name switch { "OTEL_TRACES_SAMPLER" => sampler, "OTEL_TRACES_SAMPLER_ARG" => argument, _ => null },
    });
}
