using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;

namespace Observability.AutoInstrumentation.Tests.Harmless;

/// <summary>The rule: an application that brings an OpenTelemetry SDK is left to it, and told so.</summary>
public class OwnSdkTests
{
    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("single-file", "--runtime", "linux-x64", "--no-self-contained", "-p:PublishSingleFile=true")]
    public async Task An_application_with_an_older_SDK_samples_and_exports_as_without_the_hook(string variant, params string[] arguments)
    {
        await using var receiver = await Receiver.Start();
        var app = PublishedApp.Of("OldSdk", variant, arguments);
        var bare = HookedRun.Run(app.Program, [], new Dictionary<string, string?>(Sameness.Bare) { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.GrpcEndpoint.ToString() });
        Assert.Single(receiver.Spans);
        receiver.Clear();

        var hooked = HookedRun.Run(app.Program, [], HookedRun.SendingTo(receiver));

        Sameness.Check(bare, hooked);
        Assert.Equal("kept", Assert.Single(receiver.Spans).Name);
        // The version of the package, not the assembly's, which is 1.0.0 in all of them.
        Assert.Matches("^OBS6005: the application brings the OpenTelemetry SDK 1\\.[1-9][0-9]*\\.[0-9]+ ", Assert.Single(hooked.Error.TrimEnd().Split('\n')));
    }
}
