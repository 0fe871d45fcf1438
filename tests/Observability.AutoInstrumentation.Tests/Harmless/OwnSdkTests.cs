using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;

namespace Observability.AutoInstrumentation.Tests.Harmless;

/// <summary>The rule: an application that brings an OpenTelemetry SDK is left to it, and told so.</summary>
public class OwnSdkTests
{
    [SkippableFact]
    public async Task An_application_with_an_older_SDK_samples_and_exports_as_without_the_hook()
    {
        await using var receiver = await Receiver.Start();
        var app = PublishedApp.Of("OldSdk");
        var bare = HookedRun.Run(app.Program, [], new Dictionary<string, string?>(Sameness.Bare) { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.GrpcEndpoint.ToString() });
        Assert.Single(receiver.Spans);
        receiver.Clear();

        var hooked = HookedRun.Run(app.Program, [], HookedRun.SendingTo(receiver));

        Sameness.Check(bare, hooked);
        Assert.Equal("kept", Assert.Single(receiver.Spans).Name);
        Assert.StartsWith("OBS6005: ", Assert.Single(hooked.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
