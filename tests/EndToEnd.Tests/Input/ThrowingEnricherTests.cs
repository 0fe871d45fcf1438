using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Input;

public class ThrowingEnricherTests
{
    [SkippableFact]
    public async Task An_enricher_of_the_application_that_throws_fails_no_request_and_costs_no_span()
    {
        await using var receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(receiver);
        environment["TestApp__Registration"] = "throwing";
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);

        for (var i = 0; i < 5; i++) await app.Get("/items/" + i);

        await receiver.WaitForLog(log => log["Id"] is 4L);
        await receiver.WaitForSpan(span => span["url.path"] is "/items/4" && span.Name == "GET /items/{id:int}");
        await app.Process.WaitUntil(() => app.Process.Output.Any(line => line.Contains("OBS5001", StringComparison.Ordinal)), TimeSpan.FromSeconds(90), "the fault is told");
    }
}
