using System.Diagnostics;
using System.Net.Sockets;
using Observability.Ebpf;
using Observability.Ebpf.Diagnostics;
using Observability.Ebpf.Slots;

namespace Observability.Benchmarks.Ebpf;

/// <summary>What an application does for the kernel, without the rest of an application.</summary>
internal sealed class Tagged(string maps)
{
    private readonly SocketCorrelation _sockets = new(new Publisher(maps, TimeProvider.System, new EbpfCounts()));
    private readonly Activity _span = new Activity("request").Start();

    public void Connecting(Socket socket) => _sockets.Connecting(socket, _span);
}
