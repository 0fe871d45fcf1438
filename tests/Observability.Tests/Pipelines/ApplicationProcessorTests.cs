using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observability.Diagnostics;
using Observability.Tests.Export;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace Observability.Tests.Pipelines;

/// <summary>What processors of the application's do to a span or a record is what is exported.</summary>
[Collection(Alone.Name)]
public sealed class ApplicationProcessorTests : IDisposable
{
    private readonly string _name = "Test." + Guid.NewGuid().ToString("N");
    private readonly CountingCollector _collector = new();

    public static TheoryData<string> Places => ["before, by the SDK's registration", "before, by the SDK's configuration", "behind the one line"];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_span_that_one_of_them_takes_out_is_not_exported(string place)
    {
        using var provider = Build(place, tracing => tracing.AddProcessor(new Hand(span => { if (span.OperationName == "unwanted") span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded; })));
        var exported = Exported(provider, () => { Speak("unwanted"); Speak("wanted"); });
        Assert.Contains("wanted", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("unwanted", exported, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void What_they_change_is_exported_as_they_leave_it_in_their_order(string place)
    {
        using var provider = Build(place, tracing => tracing
            .AddProcessor(new Hand(span => span.SetTag("card", null).SetTag("step", "first")))
            .AddProcessor(new Hand(span => span.SetTag("step", span.GetTagItem("step") + "-second"))));
        var exported = Exported(provider, () => Speak("work", ("card", "4111-1111")));
        Assert.Contains("first-second", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("4111-1111", exported, StringComparison.Ordinal);
    }

    [Fact]
    public void What_they_add_is_redacted_too()
    {
        using var provider = Build("behind the one line", tracing => tracing.AddProcessor(new Hand(span => span.SetTag("url.full", "http://shop/?token=s3cret"))));
        var exported = Exported(provider, () => Speak("work"));
        Assert.Contains("token=REDACTED", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", exported, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exporter_of_the_applications_sees_spans_that_are_finished()
    {
        var seen = "";
        using var provider = Build("behind the one line", tracing => tracing.AddProcessor(new SimpleActivityExportProcessor(new Reader(span => seen += span.GetTagItem("url.full")))));
        Exported(provider, () => Speak("work", ("url.full", "http://shop/?token=s3cret")));
        Assert.Equal("http://shop/?token=REDACTED", seen);
    }

    [Fact]
    public void What_is_beyond_the_limits_is_counted_once()
    {
        using var provider = Build("behind the one line", tracing => tracing.AddProcessor(new Hand(_ => { })));
        Exported(provider, () => Speak("work", [.. Enumerable.Range(0, 130).Select(i => ("k" + i, "v"))]));
        var health = provider.GetRequiredService<TelemetryHealth>();
        Assert.Equal((2, 1), (health.DroppedAttributes, health.DroppedEvents));
    }

    [Theory]
    [MemberData(nameof(Places))]
    [InlineData("in the logger's options")]
    public void A_record_is_exported_as_they_leave_it(string place)
    {
        var hand = new RecordHand(record => record.Attributes = [new("left", "by-the-application")]);
        using var provider = Build(place, logging: logging => logging.AddProcessor(hand), options: options => options.AddProcessor(hand));
        Assert.Contains("by-the-application", ExportedRecord(provider, log => log.LogWarning("Paid with {Card}", "4111-1111")), StringComparison.Ordinal);
        Assert.DoesNotContain("Card", _collector.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void What_they_put_into_a_record_is_redacted_too(string place)
    {
        using var provider = Build(place, logging: logging => logging.AddProcessor(new RecordHand(record => record.Attributes = [.. record.Attributes!, new("url.query", "?token=s3cret&b")])));
        Assert.Contains("?token=REDACTED&b", ExportedRecord(provider, log => log.LogWarning("work")), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", _collector.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void They_see_records_that_are_redacted_already()
    {
        var seen = "";
        using var provider = Build("behind the one line", logging: logging => logging.AddProcessor(new RecordHand(record => seen += record.FormattedMessage + record.Attributes![0].Value)));
        Assert.Contains("token=REDACTED", ExportedRecord(provider, log => log.LogWarning("GET http://shop/{QueryString}", "?token=s3cret")), StringComparison.Ordinal);
        Assert.Equal("GET http://shop/?token=REDACTED?token=REDACTED", seen);
        Assert.DoesNotContain("s3cret", _collector.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _collector.Dispose();

    private ServiceProvider Build(string place, Action<TracerProviderBuilder>? tracing = null, Action<LoggerProviderBuilder>? logging = null, Action<OpenTelemetryLoggerOptions>? options = null)
    {
        tracing ??= _ => { };
        logging ??= _ => { };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Observability:Otlp:Endpoint"] = _collector.Address.AbsoluteUri,
            ["Observability:Otlp:Protocol"] = "http/protobuf",
            ["Observability:Traces:Sources:0"] = _name,
            ["Observability:Limits:SpanEvents"] = "1",
        }).Build());
        if (place == "before, by the SDK's registration") new ObservabilityBuilder(services).WithTracing(tracing).WithLogging(logging);
        if (place == "in the logger's options") services.AddLogging(builder => builder.AddOpenTelemetry(options));
        if (place == "before, by the SDK's configuration") services.ConfigureOpenTelemetryTracerProvider(tracing).ConfigureOpenTelemetryLoggerProvider(logging);
        var builder = services.AddObservability();
        if (place == "behind the one line") builder.WithTracing(tracing).WithLogging(logging);
        return services.BuildServiceProvider();
    }

    /// <summary>What was exported of what the application says, with nothing but the provider asked for.</summary>
    private string Exported(ServiceProvider provider, Action speak)
    {
        var tracers = provider.GetRequiredService<TracerProvider>();
        speak();
        tracers.ForceFlush();
        return _collector.Text;
    }

    private string ExportedRecord(ServiceProvider provider, Action<ILogger> speak)
    {
        speak(provider.GetRequiredService<ILoggerFactory>().CreateLogger(_name));
        provider.GetRequiredService<LoggerProvider>().ForceFlush();
        return _collector.Text;
    }

    private void Speak(string operation, params (string Name, string Value)[] attributes)
    {
        using var source = new ActivitySource(_name);
        using var span = source.StartActivity(operation);
        foreach (var (name, value) in attributes) span?.SetTag(name, value);
        if (attributes.Length > 1) span?.AddEvent(new ActivityEvent("one")).AddEvent(new ActivityEvent("two"));
    }

    private sealed class Hand(Action<Activity> change) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => change(data);
    }

    private sealed class RecordHand(Action<LogRecord> change) : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data) => change(data);
    }

    private sealed class Reader(Action<Activity> read) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch) read(span);
            return ExportResult.Success;
        }
    }
}
