using System.Runtime.InteropServices;
using System.Text;

namespace Observability.Ebpf.Native;

/// <summary>The four uses of <c>bpf(2)</c> that need no privilege once a map's file may be read and written (Linux 5.19 and later). Results are 0 or more, or the negative error number.</summary>
internal static unsafe partial class BpfMaps
{
    private const int Update = 2;
    private const int Remove = 3;
    private const int Open = 7;
    private const int Information = 15;
    private const int AttributeLength = 32;
    private const int InfoLength = 22;

    private static nint Number => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 280 : 321;

    public static int OpenPinned(string path)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(path + '\0'))
        {
            var attributes = stackalloc ulong[AttributeLength / 8];
            attributes[0] = (ulong)text;
            return Call(Open, attributes);
        }
    }

    public static int Set(int map, void* key, void* value)
    {
        var attributes = stackalloc ulong[AttributeLength / 8];
        (attributes[0], attributes[1], attributes[2]) = ((uint)map, (ulong)key, (ulong)value);
        return Call(Update, attributes);
    }

    public static int Delete(int map, void* key)
    {
        var attributes = stackalloc ulong[AttributeLength / 8];
        (attributes[0], attributes[1]) = ((uint)map, (ulong)key);
        return Call(Remove, attributes);
    }

    /// <summary>How many entries a map has, how long a value is, or for a ring its size in bytes; 0 when it is no map.</summary>
    public static (uint ValueLength, uint Entries) Shape(int map)
    {
        var info = stackalloc uint[InfoLength];
        return Describe(map, info) ? (info[3], info[4]) : default;
    }

    /// <summary>The kernel's number of a map, unique among all that there are; 0 when it is no map.</summary>
    public static uint NumberOf(int map)
    {
        var info = stackalloc uint[InfoLength];
        return Describe(map, info) ? info[1] : 0;
    }

    public static void* MapMemory(int map, nuint length, bool writable, nint offset = 0)
    {
        var memory = Map(null, length, writable ? 3 : 1, 1, map, offset);
        return (nint)memory == -1 ? null : memory;
    }

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial void Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "gettid")]
    public static partial int ThreadNumber();

    /// <summary>Waits until the descriptor can be read; false after the time.</summary>
    public static bool Wait(int descriptor, int milliseconds)
    {
        var poll = new PollDescriptor { Descriptor = descriptor, Events = 1 };
        return Poll(&poll, 1, milliseconds) > 0;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint command, void* attributes, nint length);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    /// <summary>Fills the kernel's <c>struct bpf_map_info</c>: kind, number, key's and value's length, entries, …</summary>
    private static bool Describe(int map, uint* info)
    {
        new Span<uint>(info, InfoLength).Clear();
        var attributes = stackalloc ulong[AttributeLength / 8];
        (attributes[0], attributes[1]) = ((uint)map | ((ulong)(InfoLength * sizeof(uint)) << 32), (ulong)info);
        return Call(Information, attributes) >= 0;
    }

    private static int Call(int command, ulong* attributes)
    {
        var result = SystemCall(Number, command, attributes, AttributeLength);
        return result < 0 ? -Marshal.GetLastPInvokeError() : (int)result;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
