using System.IO;
using System.Reflection;

namespace Observability.StartupHooks.Payload;

/// <summary>Who may write. The call came with .NET 7, and this assembly is built for older runtimes: it is found by its name.</summary>
internal sealed class FileAccessRights
{
    private const int OthersMayWrite = 0x2;

    private readonly MethodInfo? _mode = Path.DirectorySeparatorChar == '/' ? typeof(File).GetMethod("GetUnixFileMode", [typeof(string)]) : null;

    public bool IsOpenToAll(string path) => _mode is not null && ((int)_mode.Invoke(null, [path])! & OthersMayWrite) != 0;
}
