using System.Diagnostics.Tracing;
using System.Net;
using Observability.Ebpf.Diagnostics;

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

    /// <summary>By which a command to a source is recognised as this listener's.</summary>
    private readonly Dictionary<string, string?> _mark = [];

    private readonly ClientConnections? _connections;
    private readonly ConnectionOpenings? _openings;
    private readonly bool _picks;
    private EventSource? _internal;

    /// <param name="connections">Who is told.</param>
    /// <param name="openings">When sockets are of interest.</param>
    /// <param name="picks">Whether single events are chosen, by the numbers that .NET 10 gives them; otherwise all are heard, at ten times the price.</param>
    public RuntimeEvents(ClientConnections connections, ConnectionOpenings openings, bool picks)
    {
        (_openings, _picks) = (openings, picks);
        _connections = connections;
        openings.Listen = ListenToSockets;
        // The base constructor has announced the sources that existed before the fields above were set.
        foreach (var source in EventSource.GetSources()) Found(source);
    }

    public override void Dispose()
    {
        if (_openings is not null) _openings.Listen = null;
        foreach (var source in EventSource.GetSources()) source.EventCommandExecuted -= Pick;
        base.Dispose();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (_connections is not null) Found(eventSource);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_connections is null || eventData.Payload is not { Count: > 0 } payload) return;
        try
        {
            switch (eventData.EventName)
            {
                case "RequestHeadersStart" when payload[0] is long id: _connections.Carries(id); break;
                case "Info" when payload is [_, "CreateSocket", string text]: Created(text); break;
                case "ConnectStart" when payload[0] is string text: Connecting(text); break;
                case "ConnectFailed": _openings!.TryAgain(); break;
                case "ConnectionEstablished" when payload is [byte version, _, long id, ..]: _connections.Established(id, version > 1, Address(payload[^1])); break;
                case "ConnectionClosed" when payload is [_, _, long id, ..]: _connections.Closed(id); break;
            }
        }
        catch (Exception failure)
        {
            EbpfEventSource.Log.Contained("recognising a connection", failure.GetType().FullName ?? "");
        }
    }

    private void Found(EventSource source)
    {
        if (source.Name is not (Http or Sockets or SocketsInternal)) return;
        if (_picks)
        {
            source.EventCommandExecuted -= Pick;
            source.EventCommandExecuted += Pick;
        }
        if (source.Name != SocketsInternal)
        {
            Enable(source);
            return;
        }
        Volatile.Write(ref _internal, source);
        // It is made with the process's first socket, while somebody awaits that very socket.
        if (_openings!.AreAwaited) Enable(source);
    }

    private void ListenToSockets(bool isWanted)
    {
        if (Volatile.Read(ref _internal) is not { } source) return;
        try
        {
            if (isWanted) Enable(source);
            else DisableEvents(source);
        }
        catch (Exception failure)
        {
            // Others listen to the source as well; what they throw would end the application's request.
            EbpfEventSource.Log.Contained("listening to sockets", failure.GetType().FullName ?? "");
        }
    }

    /// <summary>
    /// At this level no source has any event, so that only the picked ones are made: each costs some two hundred bytes, whether or not it is of use. The sockets' documented source has
    /// few events, and asks for their level itself.
    /// </summary>
    private void Enable(EventSource source)
    {
        if (_picks && source.Name != Sockets) EnableEvents(source, EventLevel.Critical, EventKeywords.None, _mark);
        else EnableEvents(source, EventLevel.Informational);
    }

    private void Pick(object? sender, EventCommandEventArgs command)
    {
        if (!ReferenceEquals(command.Arguments, _mark) || command.Command != EventCommand.Enable) return;
        // ConnectionEstablished, ConnectionClosed, RequestHeadersStart; Info.
        ReadOnlySpan<int> wanted = (sender as EventSource)?.Name == Http ? [4, 5, 7] : [1];
        foreach (var number in wanted) command.EnableEvent(number);
    }

    private void Created(string text)
    {
        if (RuntimeTexts.Descriptor(text) is not (>= 0 and var descriptor)) return;
        _connections!.SocketCreated(descriptor);
        _openings!.Settle();
    }

    private void Connecting(string text)
    {
        if (RuntimeTexts.EndPoint(text) is { } target) _connections!.Connecting(target);
        _openings!.Settle();
    }

    private static IPAddress? Address(object? text) =>
        text is not string address || !IPAddress.TryParse(address, out var ip) ? null : ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
}
