using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Export;

/// <summary>One line, and the three signals are at the collector, over either protocol.</summary>
public class ProtocolTests
{
    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task The_three_signals_of_a_web_application_arrive(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), RunningApp.SendingTo(receiver, protocol));
        await WebSignals.Arrive(app, receiver);
        Assert.All(receiver.Requests, request => Assert.Equal(protocol, request.Protocol));
    }

    [SkippableFact]
    public async Task The_three_signals_of_a_trimmed_self_contained_application_arrive()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64, "the trimmed application is published for linux-x64");
        await using var receiver = await Receiver.Start();
        await using var app = await RunningApp.StartWeb(TestApp.TrimmedOf("WebApi"), RunningApp.SendingTo(receiver));
        await WebSignals.Arrive(app, receiver);
    }
}
