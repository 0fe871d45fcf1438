using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Input;

public class ThrowingEnricherTests
{
    [SkippableFact]
    public async Task A_processor_of_the_application_that_throws_fails_no_request()
    {
        await using var receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(receiver);
        environment["TestApp__Registration"] = "throwing";
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);

        for (var i = 0; i < 5; i++) await app.Get("/items/" + i);

        await receiver.WaitForLog(log => log["Id"] is 4L);
        await app.Process.WaitUntil(() => app.Process.Output.Any(line => line.Contains("OBS1008", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), "the fault is told");
    }
}
