using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Observability.Logging;

/// <summary>Calls of the operating system that .NET has no equal of: they say how much was taken, ask without waiting, and append.</summary>
internal static unsafe partial class Posix
{
    public const int NoSuchFile = 2;
    public const int Interrupted = 4;
    public const int BrokenPipe = 32;

    private const short PollOut = 4;
    private const nuint AskUnread = 0x541B;
    private const int ReadAndWrite = 2;

    public static bool IsHere { get; } = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD();

    /// <summary>The error of a descriptor that does not block and has no room.</summary>
    public static int NoRoom { get; } = OperatingSystem.IsLinux() ? 11 : 35;

    private static int AppendAndCloseOnExecute { get; } = OperatingSystem.IsLinux() ? 0x80400 : OperatingSystem.IsMacOS() ? 0x1000008 : 0x100008;

    /// <summary>Writes a beginning of the bytes and returns its length; less than 1 with an error that <see cref="Marshal.GetLastPInvokeError"/> has.</summary>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes) return (int)WriteTo(descriptor, start, bytes.Length);
    }

    /// <summary>Whether the descriptor has room, or an error to tell, within the time. A pipe that has room takes 4,096 bytes at once.</summary>
    public static bool HasRoom(int descriptor, int milliseconds)
    {
        var poll = new PollDescriptor { Descriptor = descriptor, Events = PollOut };
        return Poll(&poll, 1, milliseconds) != 0;
    }

    /// <summary>Bytes that wait in a pipe for a reader; 0 for what is no pipe, and where this is not known how to ask.</summary>
    public static int Unread(int descriptor)
    {
        var bytes = 0;
        return OperatingSystem.IsLinux() && Control(descriptor, AskUnread, &bytes) == 0 ? bytes : 0;
    }

    /// <summary>Opens a file that is there so that each write goes to its end, wherever others have moved that.</summary>
    public static SafeFileHandle OpenToAppend(string path)
    {
        int descriptor;
        do descriptor = Open(path, ReadAndWrite | AppendAndCloseOnExecute);
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Fault(Marshal.GetLastPInvokeError());
    }

    public static IOException Fault(int error) => new(new Win32Exception(error).Message, error);

    // The mode, which only a call that creates the file needs, is left out: it would be a variable argument, which some platforms pass in another way.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, int* value);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteTo(int descriptor, byte* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
