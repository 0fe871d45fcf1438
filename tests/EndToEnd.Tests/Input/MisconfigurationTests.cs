using EndToEnd.Tests.Apps;

namespace EndToEnd.Tests.Input;

/// <summary>A wrong configuration stops the start, once, with everything that is wrong.</summary>
public class MisconfigurationTests
{
    [SkippableTheory]
    [InlineData("WebApi")]
    [InlineData("Worker")]
    [InlineData("ConsoleHost")]
    [InlineData("NoHost")]
    public async Task Every_fault_is_listed_in_one_exception(string name)
    {
        var environment = new Dictionary<string, string?>
        {
            ["Observability__Traces__Exporters__0"] = "jaeger",
            ["Observability__Otlp__Endpoint"] = "not an address",
            ["Observability__Otlp__Protocol"] = "carrier-pigeon",
            ["Observability__ShutdownTimeout"] = "soon",
            ["Observability__Metrics__CardinalityLimit"] = "0",
            ["Observability__Bogus__Ratio"] = "1.5",
            ["Observability__Prometheus__Prot"] = "9464",
            ["Observability__Propagators__0"] = "xray",
            ["TestApp__End"] = "return",
        };
        await using var app = RunningApp.Start(TestApp.Of(name), environment);
        var code = await app.Process.WaitForExit(TimeSpan.FromSeconds(90));
        var said = string.Join('\n', app.Process.Error.Concat(app.Process.Output));

        Assert.NotEqual(0, code);
        foreach (var fault in new[] { "jaeger", "not an address", "carrier-pigeon", "soon", "CardinalityLimit", "Bogus", "Prot", "did you mean", "xray" })
            Assert.Contains(fault, said, StringComparison.Ordinal);
        Assert.Contains("OptionsValidationException", said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Wrong_OTEL_variables_are_ignored_as_the_specification_asks_and_told()
    {
        var environment = new Dictionary<string, string?>
        {
            ["OTEL_BSP_MAX_QUEUE_SIZE"] = "many",
            ["OTEL_TRACES_EXPORTER"] = "carrier-pigeon",
            ["OTEL_SDK_DISABLED"] = "perhaps",
            ["OTEL_PROPAGATORS"] = "xray",
        };
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
        await app.Get("/");

        foreach (var name in environment.Keys)
            await app.Process.WaitUntil(() => app.Process.Output.Any(line => line.Contains("OBS1007", StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal)), TimeSpan.FromSeconds(90), $"{name} is told");
    }
}
