using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Observability.Logging;

/// <summary>
/// A file that is only written at its end, wherever that is by then: others may shorten it, move it away and, on Unix, append to it. Windows keeps
/// other writers out.
/// </summary>
internal sealed class AppendedFile : IDisposable
{
    /// <summary>Longer than one call of the system writes: a file grows by pages meanwhile, and not by whole lines.</summary>
    private static readonly TimeSpan MomentOfAWrite = TimeSpan.FromMilliseconds(20);

    private const int MostAttempts = 10;

    private readonly SafeFileHandle _handle;

    private AppendedFile(SafeFileHandle handle) => _handle = handle;

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Opens the file, or makes it.</summary>
    public static AppendedFile Open(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Posix.IsHere ? FileShare.ReadWrite | FileShare.Delete : FileShare.Read | FileShare.Delete);
            if (!Posix.IsHere) return new AppendedFile(handle);
            handle.Dispose();
            try
            {
                return new AppendedFile(Posix.OpenToAppend(path));
            }
            catch (IOException gone) when (gone.HResult == Posix.NoSuchFile && attempt < MostAttempts)
            {
                // Another writer has just rotated the file that was made a moment ago.
            }
        }
    }

    /// <summary>Reads the file's first bytes, as many as there are and fit, and returns their number.</summary>
    public int ReadStart(Span<byte> bytes) => RandomAccess.Read(_handle, bytes, 0);

    /// <summary>Ends a last line that lacks its newline, so that it does not take our first line in. A line that another writes just now looks like it, for a moment.</summary>
    public void EndLastLine()
    {
        if (LengthWhenTorn() is { } length && !SpinWait.SpinUntil(() => LengthWhenTorn() != length, MomentOfAWrite)) WriteOnce("\n"u8);
    }

    /// <summary>Whether the path still leads to this file. Of the marks that tell files apart only the time of creation and the length are to be had everywhere.</summary>
    public bool IsAt(string path)
    {
        try
        {
            using var there = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return RandomAccess.GetLength(there) == Length && File.GetCreationTimeUtc(there) == File.GetCreationTimeUtc(_handle);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Who may not look now writes to what is open.
            return fault is not (FileNotFoundException or DirectoryNotFoundException);
        }
    }

    /// <summary>Writes whole lines and returns how many of their bytes stay in the file, or throws when none do: a line that was written half is cut off again.</summary>
    public int Append(ReadOnlySpan<byte> lines)
    {
        var before = Length;
        var done = 0;
        try
        {
            while (done < lines.Length) done += WriteOnce(lines[done..]);
            return done;
        }
        catch (IOException)
        {
            var whole = lines[..done].LastIndexOf((byte)'\n') + 1;
            // What somebody else has written behind it meanwhile stays.
            if (!Posix.IsHere || Length == before + done) RandomAccess.SetLength(_handle, before + whole);
            if (whole == 0) throw;
            return whole;
        }
    }

    public void Dispose() => _handle.Dispose();

    private long? LengthWhenTorn()
    {
        var length = Length;
        Span<byte> last = stackalloc byte[1];
        return length > 0 && RandomAccess.Read(_handle, last, length - 1) == 1 && last[0] != '\n' ? length : null;
    }

    private int WriteOnce(ReadOnlySpan<byte> bytes)
    {
        if (!Posix.IsHere)
        {
            RandomAccess.Write(_handle, bytes, Length);
            return bytes.Length;
        }
        var taken = Posix.Write((int)_handle.DangerousGetHandle(), bytes);
        if (taken >= 0) return taken;
        var error = Marshal.GetLastPInvokeError();
        return error == Posix.Interrupted ? 0 : throw Posix.Fault(error);
    }
}
