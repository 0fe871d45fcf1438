using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Http;

public class WithoutPackageTests
{
    [SkippableFact]
    public async Task A_web_application_without_the_ASPNET_package_works_and_is_told_once_what_is_missing()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebWithoutPackage"), RunningApp.SendingTo(receiver));
        await app.Get("/items/1");

        var span = await receiver.WaitForSpan(span => span.Kind == "Server");
        Assert.Equal(("GET", "/items/1"), (span["http.request.method"], span["url.path"]));
        await receiver.WaitForMetric(metric => metric.Name == "http.server.request.duration");
        var log = await receiver.WaitForLog(log => log["Id"] is 1L);
        Assert.Equal(span.SpanId, log.SpanId);
        await receiver.WaitForLog(log => log.Body?.Contains("OBS1003", StringComparison.Ordinal) == true);
        Assert.Single(app.Process.Output, line => line.Contains("OBS1003", StringComparison.Ordinal));
    }
}
