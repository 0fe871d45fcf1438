using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Observability.Logging;

/// <summary>
/// Standard output or error on Unix, by <c>write(2)</c>: unlike the console's stream it says how much was taken and that the
/// reader is gone. It holds the lock of the console's own writer, so that neither tears the other's lines.
/// </summary>
internal sealed partial class DescriptorSink(int descriptor, Func<object> consoleLock) : LineSink
{
    private const int Interrupted = 4;
    private const int BrokenPipe = 32;
    private const short PollOut = 4;
    private const nuint AskUnread = 0x541B;
    private readonly int _again = OperatingSystem.IsMacOS() ? 35 : 11;
    private bool _readerTookPart;

    public override string Name => descriptor == 1 ? "stdout" : "stderr";

    public override bool LosesPartialLines => _readerTookPart;

    public override void Prepare() => Write([]);

    public override unsafe int Write(ReadOnlySpan<byte> bytes)
    {
        lock (consoleLock())
        {
            fixed (byte* start = bytes)
            {
                // All of it under one lock: a line may not be left half written for the console's writer to go on in.
                var done = 0;
                while (done < bytes.Length)
                {
                    var taken = (int)WriteTo(descriptor, start + done, bytes.Length - done);
                    if (taken > 0) done += taken;
                    else if (!IsWorthAnotherTry(taken == 0 ? 0 : Marshal.GetLastPInvokeError(), done)) break;
                }
                _readerTookPart = done == 0 && _readerTookPart;
                return done;
            }
        }
    }

    /// <summary>False ends the call with what was taken so far; an error before the first byte is thrown.</summary>
    private unsafe bool IsWorthAnotherTry(int error, int done)
    {
        if (error == Interrupted) return true;
        if (error == _again)
        {
            var poll = new PollDescriptor { Descriptor = descriptor, Events = PollOut };
            _ = Poll(&poll, 1, 1_000);
            return true;
        }
        if (done > 0) return false;
        // What the reader has left in the pipe is the next one's: the line goes on behind it. When nothing is left, the line's beginning went with the reader.
        _readerTookPart = error == BrokenPipe && Unread() == 0;
        throw new IOException($"{Name}: {new Win32Exception(error).Message}", error);
    }

    /// <summary>Bytes that wait in a pipe for a reader; 0 for what is no pipe, and where this is not known how to ask.</summary>
    private unsafe int Unread()
    {
        var bytes = 0;
        return OperatingSystem.IsLinux() && Control(descriptor, AskUnread, &bytes) == 0 ? bytes : 0;
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static unsafe partial int Control(int descriptor, nuint request, int* value);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint WriteTo(int descriptor, byte* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
