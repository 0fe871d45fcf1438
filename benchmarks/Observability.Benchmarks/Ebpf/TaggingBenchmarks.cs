using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Observability.Ebpf.Connections;
using Observability.Ebpf.Diagnostics;
using Observability.Ebpf.Native;
using Observability.Ebpf.Slots;

namespace Observability.Benchmarks.Ebpf;

/// <summary>What is done once a request. The slots are ordinary memory here; mapped memory is memory.</summary>
public unsafe class TaggingBenchmarks
{
    private const uint Slots = 16;

    private readonly Socket _socket = Connected();
    private readonly Activity _span = Started();
    private readonly SocketTable _sockets = new();
    private readonly Publisher _publisher = new("/nowhere", TimeProvider.System, new EbpfCounts());
    private PublishedSpan _identity;
    private TcpConnection _connection = null!;
    private Slot _slot = null!;
    private void* _memory;

    [GlobalSetup]
    public void Setup()
    {
        _connection = _sockets.Find(_socket)!;
        _memory = NativeMemory.AlignedAlloc(Slots * SlotLayout.Length, SlotLayout.Length);
        NativeMemory.Clear(_memory, Slots * SlotLayout.Length);
        _slot = new SlotArray(_memory, Slots, (uint)Environment.ProcessId).Claim(_connection.Cookie, _connection.Descriptor)!;
        _connection.Slot = _slot;
        _identity = PublishedSpan.Of(_span);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        NativeMemory.AlignedFree(_memory);
        _socket.Dispose();
    }

    [Benchmark(Baseline = true)]
    public Activity? Current_activity() => Activity.Current;

    /// <summary>All that a request's beginning does for the kernel: identity, live span, slot.</summary>
    [Benchmark]
    public void Publish() => _publisher.Publish(_connection, _span);

    [Benchmark]
    public void Publish_known_identity() => _slot.Publish(_identity, SlotEntry.UnknownOffset);

    /// <summary>And all that its end does.</summary>
    [Benchmark]
    public void Publish_and_end()
    {
        _publisher.Publish(_connection, _span);
        _publisher.Live.Remove(_span);
    }

    [Benchmark]
    public ulong Cookie_cached() => _sockets.Find(_socket)!.Cookie;

    [Benchmark]
    public ulong Cookie_asked_of_the_kernel() => KernelSocket.Cookie(_connection.Descriptor);

    private static Socket Connected()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(listener.LocalEndpoint);
        listener.AcceptSocket();
        return socket;
    }

    private static Activity Started() => new Activity("request").Start();
}
