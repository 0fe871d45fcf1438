using System.Diagnostics.Tracing;
using System.Net;
using Observability.Ebpf.Diagnostics;
using Observability.Ebpf.Libraries;

namespace Observability.Ebpf.HttpClients;

/// <summary>
/// Listens to .NET's own event sources. <c>System.Net.Http</c> and <c>System.Net.Sockets</c> are documented; the third is .NET's internal
/// diagnostics, the only place that names a socket's descriptor. All of them are written synchronously, on the flow of execution they speak of.
/// </summary>
internal sealed class RuntimeEvents : EventListener
{
    private const string Http = "System.Net.Http";
    private const string Sockets = "System.Net.Sockets";
    private const string SocketsInternal = "Private.InternalDiagnostics.System.Net.Sockets";

    private readonly ClientConnections? _connections;
    private readonly AddressedSpans? _addressed;

    public RuntimeEvents(ClientConnections connections, AddressedSpans? addressed)
    {
        _addressed = addressed;
        _connections = connections;
        // The base constructor has announced the sources that existed before the field above was set.
        foreach (var source in EventSource.GetSources()) Listen(source);
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (_connections is not null) Listen(eventSource);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_connections is null || eventData.Payload is not { Count: > 0 } payload) return;
        try
        {
            switch (eventData.EventName)
            {
                case "RequestStart": _connections.RequestStarted(); break;
                case "RequestHeadersStart" when payload[0] is long id: _connections.Carries(id); break;
                case "Info" when payload is [_, "CreateSocket", string text]: Created(text); break;
                case "ConnectStart" when payload[0] is string text: Connecting(text); break;
                case "ConnectionEstablished" when payload is [byte version, _, long id, ..]: _connections.Established(id, version > 1, Address(payload[^1])); break;
                case "ConnectionClosed" when payload is [_, _, long id, ..]: _connections.Closed(id); break;
            }
        }
        catch (Exception failure)
        {
            EbpfEventSource.Log.Contained("recognising a connection", failure.GetType().FullName ?? "");
        }
    }

    private void Listen(EventSource source)
    {
        if (source.Name is Http or Sockets or SocketsInternal) EnableEvents(source, EventLevel.Informational);
    }

    private void Created(string text)
    {
        if (RuntimeTexts.Descriptor(text) is not (>= 0 and var descriptor)) return;
        _connections!.SocketCreated(descriptor);
        _addressed?.SocketCreated(descriptor);
    }

    private void Connecting(string text)
    {
        if (RuntimeTexts.EndPoint(text) is { } target) _connections!.Connecting(target);
    }

    private static IPAddress? Address(object? text) =>
        text is not string address || !IPAddress.TryParse(address, out var ip) ? null : ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
}
