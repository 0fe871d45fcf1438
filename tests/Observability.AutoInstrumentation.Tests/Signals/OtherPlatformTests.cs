using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;

namespace Observability.AutoInstrumentation.Tests.Signals;

/// <summary>Another patch of .NET than the one that the payload was compiled with, or libraries of the platform that the application brings in another version.</summary>
public class OtherPlatformTests
{
    [SkippableTheory]
    [InlineData("runtime-10.0.11", "--runtime", "linux-x64", "--self-contained", "-p:RuntimeFrameworkVersion=10.0.11")]
    [InlineData("runtime-10.0.14", "--runtime", "linux-x64", "--self-contained", "-p:RuntimeFrameworkVersion=10.0.14")]
    [InlineData("diagnostics-11", "-p:DiagnosticSourceVersion=11.0.0")]
    public async Task A_web_application_on_it_sends_all_three_signals(string variant, params string[] arguments)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await HookedRun.StartWeb(PublishedApp.Of("PlainWeb", variant, arguments).Program, [], HookedRun.SendingTo(receiver));

        await app.Http.GetStringAsync("/items/1");

        var span = await receiver.WaitForSpan(span => span.Name == "GET /items/{id:int}");
        var log = await receiver.WaitForLog(log => log.Body == "Item 1 was asked for");
        Assert.Equal((span.TraceId, span.SpanId), (log.TraceId, log.SpanId));
        await receiver.WaitForMetric(metric => metric.Name == "http.server.request.duration");
        Assert.Empty(app.Process.Error);
    }

    [SkippableFact]
    public async Task A_program_without_a_host_on_it_sends_its_span()
    {
        await using var receiver = await Receiver.Start();
        var app = PublishedApp.Of("PlainConsole", "diagnostics-11", "-p:DiagnosticSourceVersion=11.0.0");

        var result = HookedRun.Run(app.Program, [], HookedRun.SendingTo(receiver));

        Assert.Equal((3, ""), (result.ExitCode, result.Error));
        Assert.Equal("the whole of Main", Assert.Single(receiver.Spans).Name);
    }
}
