using System.Diagnostics;
using System.Net.Sockets;
using Observability.Ebpf.Connections;
using Observability.Ebpf.Native;
using Observability.Ebpf.Slots;
using Observability.Ebpf.Tagging;

namespace Observability.Ebpf;

/// <summary>
/// Correlation for sockets that the application opens itself, and byte-exact attribution for <c>HttpClient</c>. Taken from the container of an application that
/// calls <c>AddEbpfCorrelation()</c>. Off Linux and without an agent all of it works and publishes nothing.
/// </summary>
public sealed class SocketCorrelation
{
    private readonly Publisher _publisher;
    private readonly SocketTable _sockets = new();

    internal SocketCorrelation(Publisher publisher) => _publisher = publisher;

    /// <summary>Puts the connection's cookie and addresses on a span, and tells the kernel that the connection carries it from now on.</summary>
    /// <param name="span">The span.</param>
    /// <param name="socket">A connected TCP socket; another is left alone.</param>
    public void Tag(Activity span, Socket socket)
    {
        ArgumentNullException.ThrowIfNull(span);
        ArgumentNullException.ThrowIfNull(socket);
        if (!OperatingSystem.IsLinux() || _sockets.Find(socket) is not { } connection) return;
        ConnectionAttributes.Write(span, connection);
        _publisher.Publish(connection, span);
    }

    /// <summary>Binds a socket before it connects, so that already its first packet belongs to a span.</summary>
    /// <param name="socket">A TCP socket that is not connected yet.</param>
    /// <param name="span">The span that connects.</param>
    public void Connecting(Socket socket, Activity span)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(span);
        if (Bind(socket) is not { } slot) return;
        _publisher.Live.Add(span);
        slot.Publish(span, SlotEntry.UnknownOffset);
    }

    /// <summary>A stream over a connection on which nothing has been sent yet; each write is published as the current span's, with its place in the connection.</summary>
    /// <param name="socket">The connected TCP socket; closed with the stream.</param>
    public Stream CreateStream(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return new SpanStream(new NetworkStream(socket, ownsSocket: true), Bind(socket), _publisher.Live);
    }

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>: opens the connection as .NET does, bound before it connects and published write by write.</summary>
    /// <param name="context">What to connect to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">The connection could not be opened.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span) Connecting(socket, span);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return CreateStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Slot? Bind(Socket socket)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var descriptor = (int)socket.Handle;
        return KernelSocket.IsTcp(descriptor) && KernelSocket.Cookie(descriptor) is not 0 and var cookie ? _publisher.Bind(descriptor, cookie) : null;
    }
}
