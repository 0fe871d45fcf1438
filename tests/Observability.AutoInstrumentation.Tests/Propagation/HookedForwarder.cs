using System.Net.Sockets;
using System.Text;
using Observability.AutoInstrumentation.Tests.Apps;

namespace Observability.AutoInstrumentation.Tests.Propagation;

/// <summary>One hooked application for all cases: what it is sent, and what it then sends.</summary>
public sealed class HookedForwarder : IAsyncLifetime
{
    private HeaderRecorder? _recorder;
    private HookedRun? _app;

    public async Task InitializeAsync()
    {
        _recorder = HeaderRecorder.Start();
        _app = await HookedRun.StartWeb(PublishedApp.Of("PlainWeb").Program, [], HookedRun.Hooked());
    }

    /// <summary>Sends a request with these header lines, written as they are, and returns those of the request that it causes.</summary>
    internal async Task<IReadOnlyList<(string Name, string Value)>> Forward(params string[] lines)
    {
        var next = _recorder!.Next();
        var address = _app!.Http.BaseAddress!;
        using var client = new TcpClient(address.Host, address.Port);
        await using var stream = client.GetStream();
        var request = string.Join("\r\n", [$"GET /forward?to={Uri.EscapeDataString(_recorder.Address)} HTTP/1.1", "Host: " + address.Authority, "Connection: close", .. lines, "", ""]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var headers = await next.WaitAsync(HookedRun.Patience);
        await new StreamReader(stream).ReadToEndAsync().WaitAsync(HookedRun.Patience);
        return headers;
    }

    public async Task DisposeAsync()
    {
        _recorder?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }
}
