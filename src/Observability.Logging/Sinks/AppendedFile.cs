using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Observability.Logging;

/// <summary>
/// A file that is only written at its end, wherever that is by then: others may shorten it, move it away and, on Unix, append to it. Windows keeps
/// other writers out.
/// </summary>
internal sealed class AppendedFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private AppendedFile(SafeFileHandle handle) => _handle = handle;

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Opens the file, or makes it.</summary>
    public static AppendedFile Open(string path)
    {
        var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Posix.IsHere ? FileShare.ReadWrite | FileShare.Delete : FileShare.Read | FileShare.Delete);
        if (Posix.IsHere)
        {
            handle.Dispose();
            handle = Posix.OpenToAppend(path);
        }
        return new AppendedFile(handle);
    }

    /// <summary>Reads the file's first bytes, as many as there are and fit, and returns their number.</summary>
    public int ReadStart(Span<byte> bytes) => RandomAccess.Read(_handle, bytes, 0);

    /// <summary>Ends a last line that lacks its newline, so that it does not take our first line in.</summary>
    public void EndLastLine()
    {
        var length = Length;
        Span<byte> last = stackalloc byte[1];
        if (length > 0 && RandomAccess.Read(_handle, last, length - 1) == 1 && last[0] != '\n') WriteOnce("\n"u8);
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
