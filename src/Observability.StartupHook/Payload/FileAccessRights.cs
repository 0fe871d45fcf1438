using System.IO;

namespace Observability.StartupHooks.Payload;

/// <summary>Who may write. The call came with .NET 7, and this assembly is built for older runtimes: it is found by its name.</summary>
internal sealed class FileAccessRights
{
    private const int OthersMayWrite = 0x2;

    private readonly System.Func<string, int>? _mode = Path.DirectorySeparatorChar == '/' && typeof(File).GetMethod("GetUnixFileMode", [typeof(string)]) is { } mode
        ? (System.Func<string, int>)mode.CreateDelegate(typeof(System.Func<string, int>))
        : null;

    public bool IsOpenToAll(string path) => _mode is not null && (_mode(path) & OthersMayWrite) != 0;
}
