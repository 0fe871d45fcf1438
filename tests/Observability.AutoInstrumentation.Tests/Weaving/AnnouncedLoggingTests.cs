using System.Text.Json;
using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;

namespace Observability.AutoInstrumentation.Tests.Weaving;

/// <summary>Logs of applications without a generic host, whose framework is woven at start-up so that it announces what there is to join.</summary>
public sealed class AnnouncedLoggingTests : IDisposable
{
    private readonly WeaveCache _cache = new();

    public void Dispose() => _cache.Dispose();

    [SkippableFact]
    public async Task A_legacy_web_host_writes_JSON_lines_with_the_trace_id_and_its_records_arrive()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux can replace a running process");
        await using var receiver = await Receiver.Start();
        await using var app = await HookedRun.StartWeb(PublishedApp.Of("LegacyWebHost").Program, [], Woven(receiver, "recipe:WebHost"));

        Assert.Equal("item 7", await app.Http.GetStringAsync("/items/7"));

        var span = await receiver.WaitForSpan(span => span.Name == "GET /items/{id:int}");
        var record = await receiver.WaitForLog(log => log.Body == "Item 7 was asked for");
        await app.Process.WaitUntil(() => app.JsonLines.Any(IsAboutTheItem), HookedRun.Patience, "the line is written");
        Assert.Equal((span.TraceId, span.TraceId), (record.TraceId, app.JsonLines.Single(IsAboutTheItem).GetProperty("trace_id").GetString()));
        app.Process.Signal("TERM");
        Assert.Equal(0, await app.Process.WaitForExit(HookedRun.Patience));
        Assert.Equal(["LegacyWebHost starts"], app.Process.Output.Where(line => !line.StartsWith('{')));
        Assert.Empty(app.Process.Error);
    }

    [SkippableTheory]
    [InlineData("dispose")]
    [InlineData("leave")]
    public async Task A_logger_factory_without_a_host_writes_JSON_lines_with_the_trace_id_and_its_records_arrive(string end)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux can replace a running process");
        await using var receiver = await Receiver.Start();
        var run = HookedRun.Run(PublishedApp.Of("BareLogger").Program, [end], Woven(receiver, "recipe:LoggerFactory"));
        Assert.True(run is { ExitCode: 3, Error: "" }, run.ToString());

        var span = await receiver.WaitForSpan(span => span.Name == "work");
        var record = await receiver.WaitForLog(log => log.Body == "Item 7 was sold");
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var line = JsonDocument.Parse(Assert.Single(lines, line => line.StartsWith('{'))).RootElement;
        Assert.Equal((span.TraceId, "Item 7 was sold", span.TraceId), (record.TraceId, line.GetProperty("message").GetString(), line.GetProperty("trace_id").GetString()));
        Assert.Equal(["BareLogger ends"], lines.Where(line => !line.StartsWith('{')));
    }

    private Dictionary<string, string?> Woven(Receiver receiver, string rules)
    {
        var environment = HookedRun.SendingTo(receiver);
        environment["OBSERVABILITY_WEAVE"] = rules;
        environment["OBSERVABILITY_WEAVE_CACHE"] = _cache.Folder;
        return environment;
    }

    private static bool IsAboutTheItem(JsonElement line) => line.GetProperty("message").GetString() == "Item 7 was asked for";
}
