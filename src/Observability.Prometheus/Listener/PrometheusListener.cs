using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Observability.Prometheus.Diagnostics;
using Observability.Prometheus.Listener;

namespace Observability.Prometheus;

/// <summary>
/// A small HTTP/1.1 server for hosts without ASP.NET Core: bounded in headers, connections and time, with TLS and basic
/// authentication by option. It answers one path.
/// </summary>
public sealed class PrometheusListener : IAsyncDisposable
{
    private readonly PrometheusResponder _responder;
    private readonly PrometheusListenerOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConnectionSet _connections;
    private readonly List<Socket> _sockets = [];
    private readonly List<Task> _accepting = [];

    /// <summary>Creates a listener that does not listen yet.</summary>
    public PrometheusListener(PrometheusResponder responder, PrometheusListenerOptions options)
    {
        ArgumentNullException.ThrowIfNull(responder);
        ArgumentNullException.ThrowIfNull(options);
        _responder = responder;
        _options = options;
        _connections = new ConnectionSet(options.MaxConnections);
    }

    /// <summary>Where it listens; the port that was found when the options said 0. Empty before <see cref="Start"/>.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints => [.. _sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!)];

    /// <summary>Binds and answers from now on.</summary>
    /// <exception cref="PrometheusListenerException">The address or port cannot be had.</exception>
    /// <exception cref="ArgumentException">The options name no address.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The certificate cannot be read.</exception>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        if (_sockets.Count > 0) throw new InvalidOperationException("The listener is already started.");
        if (!ListenAddress.TryParse(_options.Host, out var addresses)) throw new ArgumentException($"\"{_options.Host}\" is not an address to listen on.");
        var tls = Tls();
        var port = _options.Port;
        foreach (var address in addresses)
        {
            if (Bind(new IPEndPoint(address, port), isOptional: _sockets.Count > 0) is not { } socket) continue;
            _sockets.Add(socket);
            // "localhost" with any free port: the second address listens on the port that the first one found.
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        var handler = new ConnectionHandler(_responder, _options, tls);
        foreach (var socket in _sockets) _accepting.Add(Task.Run(() => Accept(socket, handler)));
    }

    /// <summary>Stops accepting, lets responses under way end, and closes what is left when the token is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (var socket in _sockets) socket.Dispose();
        await Task.WhenAll(_accepting).ConfigureAwait(false);
        await _connections.Drain(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await StopAsync(now.Token).ConfigureAwait(false);
    }

    private Socket? Bind(IPEndPoint endpoint, bool isOptional)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endpoint.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            // .NET sets SO_REUSEADDR on Unix by itself, so that a restart does not wait for old connections.
            socket.Bind(endpoint);
            socket.Listen(backlog: 128);
            return socket;
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            // A machine without IPv6: any IPv4 address is what is left of any address, and the second loopback can be missed.
            if (endpoint.Address.Equals(IPAddress.IPv6Any) && exception.SocketErrorCode != SocketError.AddressAlreadyInUse)
                return Bind(new IPEndPoint(IPAddress.Any, endpoint.Port), isOptional);
            if (isOptional && exception.SocketErrorCode != SocketError.AddressAlreadyInUse) return null;
            foreach (var bound in _sockets) bound.Dispose();
            _sockets.Clear();
            throw new PrometheusListenerException(endpoint, exception);
        }
    }

    private ListenerTls? Tls()
    {
        var certificate = _options.Certificate
            ?? (_options.CertificatePath is { } path ? X509Certificate2.CreateFromPemFile(path, _options.CertificateKeyPath) : null);
        return certificate is null ? null : new ListenerTls(certificate, _options.HeaderTimeout);
    }

    private async Task Accept(Socket socket, ConnectionHandler handler)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                if (_connections.TryAdd(client, connection => handler.Serve(connection, _stopping.Token))) continue;
                client.Dispose();
                PrometheusEventSource.Log.TooManyConnections(_options.MaxConnections);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client went away between its SYN and our accept, or the process is out of descriptors: go on, not too fast.
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
