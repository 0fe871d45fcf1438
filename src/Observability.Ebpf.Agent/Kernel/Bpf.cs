using System.Runtime.InteropServices;
using System.Text;

namespace Observability.Ebpf.Agent.Kernel;

/// <summary>The system call <c>bpf(2)</c>. Every method returns a descriptor or 0, or the negative error number.</summary>
internal static unsafe class Bpf
{
    private const int MapCreate = 0;
    private const int MapLookup = 1;
    private const int MapUpdate = 2;
    private const int MapDelete = 3;
    private const int ObjectPin = 6;
    private const int ObjectGet = 7;
    private const int ObjectInfo = 15;
    private const int RawTracepointOpen = 17;
    private const int BtfLoad = 18;
    private const int EnableStatistics = 32;
    private const int ProgramLoad = 5;

    private static nint Number => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 280 : 321;

    public static int Call(int command, BpfAttributes* attributes)
    {
        var result = Libc.SystemCall(Number, command, attributes, BpfAttributes.Length);
        return result < 0 ? -Marshal.GetLastPInvokeError() : (int)result;
    }

    public static int LoadProgram(BpfAttributes* attributes) => Call(ProgramLoad, attributes);

    public static int LoadTypes(ReadOnlySpan<byte> types)
    {
        fixed (byte* data = types)
        {
            BpfAttributes attributes = default;
            attributes.Set(0, data);
            attributes.Set(16, (uint)types.Length);
            return Call(BtfLoad, &attributes);
        }
    }

    public static int CreateMap(MapShape shape, string name, int types = 0, uint keyType = 0, uint valueType = 0, int inner = 0)
    {
        BpfAttributes attributes = default;
        attributes.Set(0, (uint)shape.Type);
        attributes.Set(4, shape.KeySize);
        attributes.Set(8, shape.ValueSize);
        attributes.Set(12, shape.Entries);
        attributes.Set(16, shape.Flags);
        attributes.Set(20, (uint)inner);
        attributes.SetName(28, name);
        attributes.Set(48, (uint)types);
        attributes.Set(52, keyType);
        attributes.Set(56, valueType);
        return Call(MapCreate, &attributes);
    }

    public static int Update(int map, void* key, void* value)
    {
        BpfAttributes attributes = default;
        attributes.Set(0, (uint)map);
        attributes.Set(8, key);
        attributes.Set(16, value);
        return Call(MapUpdate, &attributes);
    }

    public static int Update(int map, uint key, uint value) => Update(map, &key, &value);

    public static int Delete(int map, void* key)
    {
        BpfAttributes attributes = default;
        attributes.Set(0, (uint)map);
        attributes.Set(8, key);
        return Call(MapDelete, &attributes);
    }

    public static int Lookup(int map, void* key, void* value)
    {
        BpfAttributes attributes = default;
        attributes.Set(0, (uint)map);
        attributes.Set(8, key);
        attributes.Set(16, value);
        return Call(MapLookup, &attributes);
    }

    public static int Pin(int descriptor, string path)
    {
        fixed (byte* text = Text(path))
        {
            BpfAttributes attributes = default;
            attributes.Set(0, text);
            attributes.Set(8, (uint)descriptor);
            return Call(ObjectPin, &attributes);
        }
    }

    public static int Open(string path)
    {
        fixed (byte* text = Text(path))
        {
            BpfAttributes attributes = default;
            attributes.Set(0, text);
            return Call(ObjectGet, &attributes);
        }
    }

    /// <summary>A map's shape, or null when the descriptor is no map.</summary>
    public static MapShape? Shape(int map)
    {
        var info = stackalloc uint[22];
        return Info(map, info, 88) < 0 ? null : new MapShape((MapType)info[0], info[2], info[3], info[4], info[5]);
    }

    /// <summary>The kernel's number of a map, which no other map has; 0 when the descriptor is no map.</summary>
    public static uint Id(int map)
    {
        var info = stackalloc uint[22];
        return Info(map, info, 88) < 0 ? 0 : info[1];
    }

    /// <summary>How long a program has run, in nanoseconds, and how often, while statistics are on.</summary>
    public static (ulong Nanoseconds, ulong Runs) Statistics(int program)
    {
        var info = stackalloc ulong[29];
        return Info(program, info, 232) < 0 ? default : (info[24], info[25]);
    }

    /// <summary>The kernel measures programs while the returned descriptor is open.</summary>
    public static int TurnOnStatistics()
    {
        BpfAttributes attributes = default;
        return Call(EnableStatistics, &attributes);
    }

    /// <summary>Attaches a program to the tracepoint that it was loaded for; the descriptor that is returned is the attachment.</summary>
    public static int Attach(int program)
    {
        BpfAttributes attributes = default;
        attributes.Set(8, (uint)program);
        return Call(RawTracepointOpen, &attributes);
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static int Info(int descriptor, void* info, uint length)
    {
        new Span<byte>(info, (int)length).Clear();
        BpfAttributes attributes = default;
        attributes.Set(0, (uint)descriptor);
        attributes.Set(4, length);
        attributes.Set(8, info);
        return Call(ObjectInfo, &attributes);
    }
}
