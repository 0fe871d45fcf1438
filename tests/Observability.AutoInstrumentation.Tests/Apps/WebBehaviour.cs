using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Observability.AutoInstrumentation.Tests.Apps;

/// <summary>What a web application does, written down as text that can be compared.</summary>
internal static class WebBehaviour
{
    public static async Task<string> Of(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, Func<HookedRun, Task<string>> use)
    {
        var quiet = new Dictionary<string, string?>(environment) { ["Logging__LogLevel__Default"] = "None", ["Observability__Logs__Json"] = "false" };
        await using var app = await HookedRun.StartWeb(program, arguments, quiet);
        var answers = await use(app);
        app.Process.Signal("TERM");
        var code = await app.Process.WaitForExit(HookedRun.Patience);
        return $"{answers}\nexit {code}\n{string.Join('\n', app.Process.Output)}";
    }

    public static async Task<string> Requests(HookedRun app)
    {
        var answers = new StringBuilder();
        foreach (var path in new[] { "/items/7", "/mvc/items/3", "/call", "/fails", "/nothing" })
        {
            using var response = await app.Http.GetAsync(path);
            answers.AppendLine($"{path} {(int)response.StatusCode} {string.Join(' ', response.Headers.Select(header => header.Key).Order(StringComparer.Ordinal))} {await response.Content.ReadAsStringAsync()}");
        }
        return answers.ToString();
    }

    public static async Task<string> OverHttp2(HookedRun app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/items/7") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await app.Http.SendAsync(request);
        return $"{response.Version} {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    /// <summary>SignalR's JSON protocol over a web socket: the handshake, one call, its result.</summary>
    public static async Task<string> OverSignalR(HookedRun app)
    {
        using var socket = new ClientWebSocket();
        using var patience = new CancellationTokenSource(HookedRun.Patience);
        await socket.ConnectAsync(new Uri($"ws://{app.Http.BaseAddress!.Authority}/chat"), patience.Token);
        await Send("{\"protocol\":\"json\",\"version\":1}");
        await Send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[\"hello\"]}");
        var text = "";
        var buffer = new byte[4096];
        while (!text.Contains("\"type\":3", StringComparison.Ordinal))
        {
            var received = await socket.ReceiveAsync(buffer, patience.Token);
            text += Encoding.UTF8.GetString(buffer, 0, received.Count);
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        return text;

        Task Send(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, true, patience.Token);
    }
}
