using System.Globalization;

namespace Observability.Logging;

/// <summary>
/// A file that is renamed when it is large or old enough, between lines. After a failed write the file is cut back to its last
/// good byte, so that trying again leaves no torn line.
/// </summary>
internal sealed class RollingFileSink(LineFileOptions options, TimeProvider time, LoggingHealth health) : LineSink
{
    private readonly string _path = Path.GetFullPath(options.Path!);
    private FileStream? _file;
    private DateTimeOffset _born;
    private long _good;

    public override string Name => _path;

    public override int Write(ReadOnlySpan<byte> bytes)
    {
        var file = _file ?? Open();
        if (IsDue()) file = Rotate();
        var part = bytes[..WholeLines(bytes, options.MaxBytes - _good)];
        if (_good > 0 && part.Length > options.MaxBytes - _good)
        {
            file = Rotate();
            part = bytes[..WholeLines(bytes, options.MaxBytes - _good)];
        }
        try
        {
            if (file.Length != _good) file.SetLength(_good);
            file.Position = _good;
            file.Write(part);
            _good += part.Length;
            return part.Length;
        }
        catch (IOException)
        {
            Close();
            throw;
        }
    }

    public override void Dispose()
    {
        Close();
        base.Dispose();
    }

    private bool IsDue() =>
        _good > 0 && (_good >= options.MaxBytes || (options.MaxAgeMinutes > 0 && time.GetUtcNow() - _born >= TimeSpan.FromMinutes(options.MaxAgeMinutes)));

    /// <summary>The length of the lines that fit, and of one line at least.</summary>
    private static int WholeLines(ReadOnlySpan<byte> bytes, long room)
    {
        if (bytes.Length <= room) return bytes.Length;
        var fits = bytes[..(int)Math.Clamp(room, 0, bytes.Length)].LastIndexOf((byte)'\n') + 1;
        if (fits > 0) return fits;
        var first = bytes.IndexOf((byte)'\n') + 1;
        return first > 0 ? first : bytes.Length;
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            // A file that another process left without its last newline must not take our first line into its last.
            _good = AfterLastLine(file);
            _born = file.Length == 0 ? time.GetUtcNow() : File.GetCreationTimeUtc(_path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        return _file = file;
    }

    private static long AfterLastLine(FileStream file)
    {
        if (file.Length == 0) return 0;
        file.Position = file.Length - 1;
        if (file.ReadByte() == '\n') return file.Length;
        file.WriteByte((byte)'\n');
        return file.Length;
    }

    private FileStream Rotate()
    {
        Close();
        try
        {
            File.Move(_path, Aside());
            Forget();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The current file goes on growing rather than losing lines.
            health.RotationFailed(_path, fault);
        }
        return Open();
    }

    private string Aside()
    {
        var stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var stem = Path.Combine(Path.GetDirectoryName(_path)!, Path.GetFileNameWithoutExtension(_path) + "-" + stamp);
        var aside = stem + Path.GetExtension(_path);
        for (var i = 1; File.Exists(aside); i++) aside = string.Create(CultureInfo.InvariantCulture, $"{stem}.{i:000}{Path.GetExtension(_path)}");
        return aside;
    }

    /// <summary>Deletes the oldest rotated files beyond the number to keep; their names sort by time.</summary>
    private void Forget()
    {
        var pattern = Path.GetFileNameWithoutExtension(_path) + "-????????T?????????Z*" + Path.GetExtension(_path);
        var old = Directory.GetFiles(Path.GetDirectoryName(_path)!, pattern).OrderDescending(StringComparer.Ordinal).Skip(options.KeepFiles);
        foreach (var file in old) File.Delete(file);
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
