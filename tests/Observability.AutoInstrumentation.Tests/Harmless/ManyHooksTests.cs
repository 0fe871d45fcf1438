using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;

namespace Observability.AutoInstrumentation.Tests.Harmless;

public class ManyHooksTests
{
    [SkippableFact]
    public async Task Two_copies_and_the_same_hook_twice_send_each_span_once()
    {
        var copy = PackedPayload.Copy();
        await using var receiver = await Receiver.Start();
        var environment = HookedRun.SendingTo(receiver);
        environment["DOTNET_STARTUP_HOOKS"] = string.Join(Path.PathSeparator, PackedPayload.Hook, PackedPayload.Hook, PackedPayload.HookIn(copy.FullName), "");
        var result = HookedRun.Run(PublishedApp.Of("PlainConsole").Program, ["exit=6"], environment);
        Assert.Equal((6, ""), (result.ExitCode, result.Error));
        await receiver.WaitForSpan(span => span.Name == "the whole of Main");
        Assert.Single(receiver.Spans);
        copy.Delete(recursive: true);
    }
}
