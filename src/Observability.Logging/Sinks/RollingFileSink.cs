using System.Globalization;

namespace Observability.Logging;

/// <summary>
/// A file that is renamed when it is large or old enough, between lines. A file that others have renamed, deleted or shortened is followed: the path has the next
/// line.
/// </summary>
internal sealed class RollingFileSink(LineFileOptions options, TimeProvider time, LoggingHealth health) : LineSink
{
    /// <summary>Between two attempts to rotate: what refuses one refuses the next line's too.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly string _path = Path.GetFullPath(options.Path!);
    private AppendedFile? _file;
    private DateTimeOffset _born;
    private bool _mayBeTorn = true;
    private long _lastAside;
    private long? _refusedAt;
    private bool _isTold;

    public override string Name => _path;

    public override int Write(ReadOnlySpan<byte> bytes)
    {
        var file = Current();
        var length = file.Length;
        var part = bytes[..WholeLines(bytes, Room(length))];
        if (length > 0 && MayRotate && (IsDue(length) || part.Length > Room(length)))
        {
            file = Rotate();
            part = bytes[..WholeLines(bytes, Room(file.Length))];
        }
        try
        {
            var taken = file.Append(part);
            if (taken < part.Length) CloseTorn();
            return taken;
        }
        catch (IOException)
        {
            CloseTorn();
            throw;
        }
    }

    public override void Dispose()
    {
        Close();
        base.Dispose();
    }

    private bool MayRotate => _refusedAt is not { } refusedAt || time.GetElapsedTime(refusedAt) >= Pause;

    /// <summary>A file that cannot be rotated takes all: it goes on growing rather than losing lines.</summary>
    private long Room(long length) => MayRotate ? options.MaxBytes - length : long.MaxValue;

    private bool IsDue(long length) => length >= options.MaxBytes || (options.MaxAgeMinutes > 0 && time.GetUtcNow() - _born >= TimeSpan.FromMinutes(options.MaxAgeMinutes));

    /// <summary>The length of the lines that fit, and of one line at least.</summary>
    private static int WholeLines(ReadOnlySpan<byte> bytes, long room)
    {
        if (bytes.Length <= room) return bytes.Length;
        var fits = bytes[..(int)Math.Clamp(room, 0, bytes.Length)].LastIndexOf((byte)'\n') + 1;
        if (fits > 0) return fits;
        var first = bytes.IndexOf((byte)'\n') + 1;
        return first > 0 ? first : bytes.Length;
    }

    /// <summary>The file of the path: people and logrotate move it away or delete it under its writer.</summary>
    private AppendedFile Current()
    {
        if (_file is { } file && !file.IsAt(_path)) Close();
        return _file ?? Open();
    }

    private AppendedFile Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var file = AppendedFile.Open(_path);
        try
        {
            // Not each time: the last line of a file that others write to now may not be whole yet.
            if (_mayBeTorn) file.EndLastLine();
            _mayBeTorn = false;
            _born = file.Length == 0 ? time.GetUtcNow() : Began(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        return _file = file;
    }

    /// <summary>What begins in the future was written by a clock that was wrong, and would not grow old before that.</summary>
    private DateTimeOffset Began(AppendedFile file) =>
        FirstLine.Time(file) is { } first && first <= time.GetUtcNow() ? first : File.GetCreationTimeUtc(_path);

    private AppendedFile Rotate()
    {
        Close();
        _refusedAt = null;
        try
        {
            MoveAside();
            Forget();
            _isTold = false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (!_isTold) health.RotationFailed(_path, fault);
            _isTold = true;
        }
        return Open();
    }

    private void MoveAside()
    {
        try
        {
            File.Move(_path, Aside());
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another was faster who writes to it, or took it away.
        }
        catch (Exception)
        {
            _refusedAt = time.GetTimestamp();
            throw;
        }
    }

    /// <summary>A name that sorts after all earlier ones, also when rotations follow each other faster than the clock ticks.</summary>
    private string Aside()
    {
        _lastAside = Math.Max(time.GetUtcNow().UtcTicks, _lastAside + 1);
        var stamp = new DateTime(_lastAside, DateTimeKind.Utc).ToString("yyyyMMdd'T'HHmmssfffffff'Z'", CultureInfo.InvariantCulture);
        return Path.Combine(Path.GetDirectoryName(_path)!, Path.GetFileNameWithoutExtension(_path) + "-" + stamp + Path.GetExtension(_path));
    }

    /// <summary>Deletes the oldest rotated files beyond the number to keep; their names sort by time.</summary>
    private void Forget()
    {
        var pattern = Path.GetFileNameWithoutExtension(_path) + "-????????T*Z" + Path.GetExtension(_path);
        var old = Directory.GetFiles(Path.GetDirectoryName(_path)!, pattern).OrderDescending(StringComparer.Ordinal).Skip(options.KeepFiles);
        foreach (var file in old) File.Delete(file);
    }

    /// <summary>A half line that could not be cut off is ended when the file is opened again.</summary>
    private void CloseTorn()
    {
        _mayBeTorn = true;
        Close();
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
