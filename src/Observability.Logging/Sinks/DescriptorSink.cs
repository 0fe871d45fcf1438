using System.Runtime.InteropServices;

namespace Observability.Logging;

/// <summary>
/// Standard output or error on Unix, by <c>write(2)</c>: unlike the console's stream it says how much was taken and that the
/// reader is gone. It holds the lock of the console's own writer, so that neither tears the other's lines.
/// </summary>
internal sealed class DescriptorSink(int descriptor, Func<object> consoleLock) : LineSink
{
    /// <summary>Milliseconds of one wait for room.</summary>
    private const int Patience = 100;

    private bool _readerTookPart;

    public override string Name => descriptor == 1 ? "stdout" : "stderr";

    public override bool IsErrorStream => descriptor == 2;

    public override bool LosesPartialLines => _readerTookPart;

    public override void Prepare() => Write([]);

    public override int Write(ReadOnlySpan<byte> bytes)
    {
        // Before the lock: the console takes it for both streams, so that nobody could write to the other one while the reader of this one stalls.
        if (!Posix.HasRoom(descriptor, Patience)) return 0;
        lock (consoleLock())
        {
            // All of it under one lock: a line may not be left half written for the console's writer to go on in.
            var done = 0;
            while (done < bytes.Length)
            {
                var taken = Posix.Write(descriptor, bytes[done..]);
                if (taken > 0) done += taken;
                else if (!IsWorthAnotherTry(taken == 0 ? 0 : Marshal.GetLastPInvokeError(), done)) break;
            }
            _readerTookPart = done == 0 && _readerTookPart;
            return done;
        }
    }

    /// <summary>False ends the call with what was taken so far; an error before the first byte is thrown.</summary>
    private bool IsWorthAnotherTry(int error, int done)
    {
        if (error == Posix.Interrupted) return true;
        if (error == Posix.NoRoom)
        {
            _ = Posix.HasRoom(descriptor, 1_000);
            return true;
        }
        if (done > 0) return false;
        // What the reader has left in the pipe is the next one's: the line goes on behind it. When nothing is left, the line's beginning went with the reader.
        _readerTookPart = error == Posix.BrokenPipe && Posix.Unread(descriptor) == 0;
        throw Posix.Fault(error);
    }
}
