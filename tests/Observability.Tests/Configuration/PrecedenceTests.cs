using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Observability.Tests.Configuration;

public class PrecedenceTests
{
    [Fact]
    public void Code_wins_over_the_section_and_the_section_over_variables_and_these_over_defaults()
    {
        var options = Configured.Options(
            new() { ["OTEL_BSP_MAX_QUEUE_SIZE"] = "100", ["OTEL_BSP_MAX_EXPORT_BATCH_SIZE"] = "50", ["OTEL_BSP_SCHEDULE_DELAY"] = "70", ["Observability:Traces:Batch:MaxQueueSize"] = "200", ["Observability:Traces:Batch:MaxExportBatchSize"] = "60" },
            set => set.Traces.Batch.MaxQueueSize = 300);

        Assert.Equal(300, options.Traces.Batch.MaxQueueSize);
        Assert.Equal(60, options.Traces.Batch.MaxExportBatchSize);
        Assert.Equal(TimeSpan.FromMilliseconds(70), options.Traces.Batch.ScheduledDelay);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Traces.Batch.ExportTimeout);
    }

    [Fact]
    public void Code_wins_even_when_it_was_registered_before_AddObservability()
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("OTEL_SERVICE_NAME", "variable")]).Build());
        services.Configure<ObservabilityOptions>(options => options.ServiceName = "code");
        services.AddObservability();
        using var provider = services.BuildServiceProvider();
        Assert.Equal("code", provider.GetRequiredService<IOptions<ObservabilityOptions>>().Value.ServiceName);
    }

    [Theory]
    [InlineData("Observability:Traces:Exporters", "otlp, console")]
    [InlineData("OTEL_TRACES_EXPORTER", "otlp,console")]
    public void A_list_may_be_one_comma_separated_value(string key, string value) =>
        Assert.Equal(["otlp", "console"], Configured.Options(new() { [key] = value }).Traces.Exporters);

    [Fact]
    public void A_list_of_the_section_replaces_the_one_of_the_variable() =>
        Assert.Equal(["zipkin"], Configured.Options(new() { ["OTEL_TRACES_EXPORTER"] = "otlp", ["Observability:Traces:Exporters:0"] = "zipkin" }).Traces.Exporters);

    [Fact]
    public void An_invalid_variable_is_ignored_and_remembered()
    {
        var options = Configured.Options(new() { ["OTEL_BSP_MAX_QUEUE_SIZE"] = "many", ["OTEL_TRACES_EXPORTER"] = "carrier-pigeon" });
        Assert.Equal(2048, options.Traces.Batch.MaxQueueSize);
        Assert.Equal(2, options.IgnoredVariables.Count);
        Assert.Contains(options.IgnoredVariables, fault => fault.Contains("OTEL_BSP_MAX_QUEUE_SIZE", StringComparison.Ordinal) && fault.Contains("'many'", StringComparison.Ordinal));
        Assert.Empty(options.Traces.Exporters);
    }

    [Theory]
    [InlineData("true", false)]
    [InlineData("TRUE", false)]
    [InlineData("false", true)]
    [InlineData("1", true)]
    [InlineData("", true)]
    public void Only_the_word_true_disables_the_SDK(string value, bool enabled) =>
        Assert.Equal(enabled, Configured.Options(new() { ["OTEL_SDK_DISABLED"] = value }).Enabled);

    [Fact]
    public void Every_fault_is_in_one_exception_with_its_place_and_remedy()
    {
        var invalid = Assert.Throws<OptionsValidationException>(() => Configured.Options(new()
        {
            ["Observability:Trases:Enabled"] = "true",
            ["Observability:ShutdownTimeout"] = "soon",
            ["Observability:Metrics:CardinalityLimit"] = "0",
            ["Observability:Otlp:Endpoint"] = "collector:4317x//",
            ["Observability:Sampling:Default:Ratio"] = "7",
            ["Observability:Logs:JsonLines:MaxDepth"] = "99",
            ["Observability:Prometheus:Listener:MaxConnections"] = "0",
        }));
        var faults = invalid.Failures.ToList();
        Assert.Contains(faults, fault => fault.Contains("Observability:Trases", StringComparison.Ordinal) && fault.Contains("did you mean 'Traces'?", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("ShutdownTimeout", StringComparison.Ordinal) && fault.Contains("'soon'", StringComparison.Ordinal) && fault.Contains("MemoryConfigurationProvider", StringComparison.Ordinal));
        foreach (var place in new[] { "CardinalityLimit", "Otlp:Endpoint", "Ratio", "MaxDepth", "MaxConnections" })
            Assert.Contains(faults, fault => fault.Contains(place, StringComparison.Ordinal));
    }

    [Fact]
    public void A_header_that_is_malformed_is_named_but_never_quoted()
    {
        var invalid = Assert.Throws<OptionsValidationException>(() => Configured.Options(new() { ["Observability:Otlp:Headers"] = "s3cr3t-token" }));
        Assert.DoesNotContain("s3cr3t", invalid.Message, StringComparison.Ordinal);
        Assert.Contains("Otlp:Headers", invalid.Message, StringComparison.Ordinal);
    }
}
