using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using Observability.Ebpf.Agent.Kernel;
using Observability.Ebpf.Agent.Loading;
using TestPeers;

namespace Observability.Ebpf.Agent.Tests.Lab;

/// <summary>Another machine, as far as TCP can tell: a network namespace at the other end of a cable, which loses packets to order.</summary>
internal sealed unsafe partial class Neighbour : IDisposable
{
    private static int s_next = Random.Shared.Next(200);

    private readonly string _name;
    private readonly string _cable;
    private readonly string _pin;
    private readonly uint* _orders;

    private Neighbour(string name, string cable, IPAddress address, string pin, uint* orders)
    {
        (_name, _cable, Address, _pin) = (name, cable, address, pin);
        _orders = orders;
    }

    public IPAddress Address { get; }

    /// <summary>Packets lost to order.</summary>
    public ulong Lost => Volatile.Read(ref ((ulong*)_orders)[3]);

    public void WaitUntilLost(ulong packets) =>
        Assert.True(SpinWait.SpinUntil(() => Lost >= packets, TimeSpan.FromSeconds(90)), $"{Lost} of {packets} packets came by to be lost");

    public static Neighbour Require(BpfMount mount)
    {
        var (ip, tc) = (Tool.Require("ip"), Tool.Require("tc"));
        var number = Interlocked.Increment(ref s_next) % 250;
        var (name, cable) = ($"obs{Environment.ProcessId}n{number}", $"ob{Environment.ProcessId % 100000}h{number}");
        var network = $"10.{97 + (Environment.ProcessId % 100)}.{number}";
        var made = Tool.Run(ip, ["netns", "add", name]);
        Skip.If(made.ExitCode != 0, $"no network namespace can be made: {made.Error.Trim()}");
        Expect(ip, "link", "add", cable, "type", "veth", "peer", "name", "peer0", "netns", name);
        Expect(ip, "addr", "add", $"{network}.1/24", "dev", cable);
        Expect(ip, "link", "set", cable, "up");
        Expect(ip, "-n", name, "addr", "add", $"{network}.2/24", "dev", "peer0");
        Expect(ip, "-n", name, "link", "set", "peer0", "up");
        Expect(ip, "-n", name, "link", "set", "lo", "up");
        var (pin, orders) = LoadDropper(mount, name);
        Expect(ip, "netns", "exec", name, tc, "qdisc", "add", "dev", "peer0", "clsact");
        Expect(ip, "netns", "exec", name, tc, "filter", "add", "dev", "peer0", "ingress", "bpf", "da", "object-pinned", pin);
        return new Neighbour(name, cable, IPAddress.Parse(network + ".2"), pin, (uint*)orders);
    }

    /// <summary>A listener in the neighbour's namespace. A socket belongs to the namespace in which its thread made it.</summary>
    public Socket Listen()
    {
        Socket? listener = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var space = File.OpenHandle($"/run/netns/{_name}");
                if (SetNamespace((int)space.DangerousGetHandle(), 0x4000_0000) != 0) throw new InvalidOperationException($"setns: error {Marshal.GetLastPInvokeError()}");
                listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                listener.Bind(new IPEndPoint(Address, 0));
                listener.Listen(64);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? listener! : throw new InvalidOperationException("no listener in the namespace", failure);
    }

    public void LoseEvery(int packets, int least) => (_orders[2], _orders[0]) = ((uint)least, (uint)packets);

    public void LoseNext(int packets, int least) => (_orders[2], _orders[1]) = ((uint)least, (uint)packets);

    public void LoseGreetings(int packets) => _orders[3] = (uint)packets;

    public void LoseAcknowledgements(int packets) => ((ulong*)_orders)[4] = (ulong)packets;

    public void Dispose()
    {
        Tool.Run("ip", ["link", "del", _cable]);
        Tool.Run("ip", ["netns", "del", _name]);
        File.Delete(_pin);
    }

    private static (string Pin, nint Orders) LoadDropper(BpfMount mount, string name)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("dropper.bpf.o")!;
        var file = new byte[resource.Length];
        resource.ReadExactly(file);
        var loader = new ObjectLoader(file);
        loader.CreateMaps((_, _) => null);
        var program = Assert.Single(loader.LoadPrograms(KernelTypes.Read(File.ReadAllBytes(KernelTypes.Path), [])));
        Assert.Null(program.Failure);
        var pin = Path.Combine(mount.Folder, name + "-dropper");
        Assert.Equal(0, Bpf.Pin(program.Descriptor, pin));
        var orders = (nint)Libc.Map(null, (nuint)Environment.SystemPageSize, 3, 1, loader.Maps["orders"], 0);
        Assert.NotEqual(-1, orders);
        return (pin, orders);
    }

    private static void Expect(string program, params string[] arguments)
    {
        var result = Tool.Run(program, arguments);
        if (result.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {result}");
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int kind);
}
