using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observability.Hosting;
using Observability.Propagation;
using Observability.Tests.Configuration;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Trace;

namespace Observability.Tests.Hosting;

/// <summary>What a start does to the process.</summary>
[Collection(Alone.Name)]
public sealed class StartTests : IDisposable
{
    private readonly DistributedContextPropagator _before = DistributedContextPropagator.Current;
    private readonly TextMapPropagator _textMapBefore = Propagators.DefaultTextMapPropagator;

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "foo", "OBS1007")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "bad,k=%zz", "OBS1011")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "many", "OBS1007")]
    [InlineData("OTEL_PROPAGATORS", "none,b3", "OBS1007")]
    public async Task What_a_variable_says_wrong_is_a_line_of_the_log(string name, string value, string id)
    {
        var lines = new Lines();
        await using var provider = Start(lines, (name, value));
        Assert.StartsWith(id, await lines.First(line => line.Contains(name, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_samplers_argument_that_cannot_be_used_is_a_line_of_the_log()
    {
        var lines = new Lines();
        await using var provider = Start(lines, ("OTEL_TRACES_SAMPLER", "traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "abc"));
        Assert.StartsWith("OBS1007", await lines.First(line => line.Contains("OTEL_TRACES_SAMPLER_ARG", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_is_left_out_is_not_in_the_resource_and_a_decoded_one_is_there_once()
    {
        using var provider = Start(new Lines(), ("OTEL_RESOURCE_ATTRIBUTES", "bad,k=%zz,x%3Dy=1"));
        var attributes = provider.GetRequiredService<TracerProvider>().GetResource().Attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value);
        Assert.Equal("1", attributes["x=y"]);
        Assert.DoesNotContain(attributes.Keys, name => name is "k" or "bad" or "x%3Dy");
        Assert.Equal(("opentelemetry", "dotnet"), (attributes["telemetry.sdk.name"], attributes["telemetry.sdk.language"]));
    }

    [Theory]
    [InlineData("b3", "b3")]
    [InlineData("b3,none", "b3")]
    [InlineData("b3,B3", "b3")]
    [InlineData(null, "traceparent")]
    public void What_is_disabled_still_carries_context_in_the_formats_that_were_named(string? named, string header)
    {
        using var provider = Start(new Lines(), ("OTEL_SDK_DISABLED", "true"), ("OTEL_PROPAGATORS", named));
        using var activity = new Activity("a").SetIdFormat(ActivityIdFormat.W3C).Start();
        var written = new List<string>();
        DistributedContextPropagator.Current.Inject(activity, written, (carrier, name, _) => ((List<string>)carrier!).Add(name));
        Assert.Equal([header], written);
        Assert.Equal(named is null, ReferenceEquals(DistributedContextPropagator.Current, _before));
    }

    [Theory]
    [InlineData("b3", false)]
    [InlineData(null, true)]
    public void A_server_of_what_is_disabled_reads_the_formats_that_were_named(string? named, bool untouched)
    {
        var framework = DistributedContextPropagator.CreateDefaultPropagator();
        var services = new ServiceCollection().AddSingleton(framework);
        foreach (var service in Configured.Services(Configured.Settings(("OTEL_SDK_DISABLED", "true"), ("OTEL_PROPAGATORS", named)))) services.Add(service);
        ContextPropagation.Register(services);
        using var provider = services.BuildServiceProvider();
        Assert.Equal(untouched, ReferenceEquals(provider.GetRequiredService<DistributedContextPropagator>(), framework));
    }

    public void Dispose()
    {
        DistributedContextPropagator.Current = _before;
        Sdk.SetDefaultTextMapPropagator(_textMapBefore);
    }

    private static ServiceProvider Start(Lines lines, params (string Key, string? Value)[] settings)
    {
        var services = Configured.Services(Configured.Settings(settings));
        services.AddLogging(logging => logging.AddProvider(lines));
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<Telemetry>().Start();
        return provider;
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly Channel<string> _written = Channel.CreateUnbounded<string>();

        public async Task<string> First(Func<string, bool> wanted)
        {
            await foreach (var line in _written.Reader.ReadAllAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token))
                if (wanted(line)) return line;
            throw new InvalidOperationException("The log has ended.");
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _written.Writer.TryWrite(formatter(state, exception));

        public void Dispose() => _written.Writer.TryComplete();
    }
}
