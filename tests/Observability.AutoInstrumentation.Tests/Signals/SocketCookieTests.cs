using System.Globalization;
using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;

namespace Observability.AutoInstrumentation.Tests.Signals;

/// <summary>Correlation with the kernel's events for an application that knows nothing of it.</summary>
public class SocketCookieTests
{
    [SkippableFact]
    public async Task By_one_variable_a_plain_HttpClient_and_its_server_name_the_two_ends_of_one_connection()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "socket cookies are Linux's");
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver, ("Observability__Ebpf__Enabled", "true"));

        // The first request may come before the agent listens; a connection that was opened then is known to nobody.
        var client = await Called(app, receiver, span => span["network.socket.cookie"] is not null);

        var server = await receiver.WaitForSpan(span => span.ParentSpanId == client.SpanId);
        Assert.Equal(client["network.local.port"], server["network.peer.port"]);
        Assert.Equal(client["network.peer.port"], server["network.local.port"]);
        Assert.All(new[] { client, server }, span => Assert.True(ulong.Parse((string)span["network.socket.cookie"]!, CultureInfo.InvariantCulture) > 0));
        Assert.NotEqual(client["network.socket.cookie"], server["network.socket.cookie"]);
        Assert.Empty(app.Process.Error);
    }

    [SkippableFact]
    public async Task Without_it_nothing_of_sockets_is_on_spans()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver);
        var client = await Called(app, receiver, _ => true);
        Assert.Null(client["network.socket.cookie"]);
    }

    private static async Task<ReceivedSpan> Called(HookedRun app, Receiver receiver, Func<ReceivedSpan, bool> condition)
    {
        ReceivedSpan? found = null;
        await app.Process.WaitUntil(async () =>
        {
            // A new connection each time: whoever is asked to close it does.
            await app.Http.GetStringAsync("/call");
            found = receiver.Spans.FirstOrDefault(span => span.Kind == "Client" && span.Name == "GET" && condition(span));
            return found is not null;
        }, HookedRun.Patience, "such a client span arrives");
        return found!;
    }

    private static Task<HookedRun> Start(Receiver receiver, params (string Name, string Value)[] settings)
    {
        var environment = HookedRun.SendingTo(receiver);
        foreach (var (name, value) in settings) environment[name] = value;
        return HookedRun.StartWeb(PublishedApp.Of("PlainWeb").Program, [], environment);
    }
}
