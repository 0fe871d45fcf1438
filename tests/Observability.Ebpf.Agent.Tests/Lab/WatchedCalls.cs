using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Observability.Ebpf.Agent.Tests.Lab;

/// <summary>A plain HttpClient in a tagged application, a listener on another machine, and the agent that watches the connections between them.</summary>
internal sealed class WatchedCalls : IDisposable
{
    private readonly BpfMount _mount;
    private readonly TaggedApplication _application;

    private WatchedCalls(BpfMount mount, Neighbour neighbour, string[] arguments)
    {
        (_mount, Neighbour) = (mount, neighbour);
        Agent = new RunningAgent(mount, arguments);
        _application = new TaggedApplication(Agent.Maps);
        Listener = neighbour.Listen();
    }

    public Neighbour Neighbour { get; }

    public RunningAgent Agent { get; }

    public Socket Listener { get; }

    public Uri Address => AddressOf(Listener);

    public HttpClient Client { get; } = new();

    /// <summary>The span of the one request.</summary>
    public Activity Request => Assert.Single(_application.Ended, span => span.OperationName == "System.Net.Http.HttpRequestOut");

    public static WatchedCalls Require(params string[] arguments)
    {
        var mount = BpfMount.Require();
        try
        {
            return new WatchedCalls(mount, Neighbour.Require(mount), arguments);
        }
        catch
        {
            mount.Dispose();
            throw;
        }
    }

    public static Uri AddressOf(Socket listener) => new($"http://{listener.LocalEndPoint}/");

    public async Task ServeOnce(string answer, Task? when = null, bool reset = false)
    {
        using var connection = await Listener.AcceptAsync();
        await connection.ReceiveAsync(new byte[4096]);
        if (when is not null) await when;
        await connection.SendAsync(Encoding.ASCII.GetBytes(answer));
        if (reset) connection.LingerState = new LingerOption(true, 0);
    }

    /// <summary>The agent's event of the request's span.</summary>
    public Task<JsonElement> Find(string name) => Agent.Find(name, Request);

    public void Dispose()
    {
        Client.Dispose();
        Listener.Dispose();
        _application.Dispose();
        Agent.Dispose();
        Neighbour.Dispose();
        _mount.Dispose();
    }
}
