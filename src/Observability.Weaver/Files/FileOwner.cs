using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Observability.Weaver.Files;

/// <summary>
/// User and group of a file, which .NET does not tell: a file that root writes anew, as in an image's build, would be root's, and not that of the user who runs
/// the application.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class FileOwner
{
    private const int CurrentFolder = -100;
    private const uint UserAndGroup = 0x18;
    private const uint NoChange = uint.MaxValue;
    private const int SizeOfStatistics = 256;

    /// <summary>Offsets in <c>struct statx</c>, which are the same on every processor.</summary>
    private const int User = 20, Group = 24;

    /// <summary>Gives a file to whom another belongs, as far as the system lets this process: only root can give files to other users.</summary>
    public static void Copy(string from, string to)
    {
        try
        {
            if (Of(from) is not { } wanted || Of(to) is not { } found || wanted == found) return;
            if (ChangeOwner(to, wanted.User, wanted.Group) != 0) _ = ChangeOwner(to, NoChange, wanted.Group);
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library without statx: the file is whose it would be without us.
        }
    }

    private static (uint User, uint Group)? Of(string path)
    {
        var statistics = stackalloc byte[SizeOfStatistics];
        return Statistics(CurrentFolder, path, 0, UserAndGroup, statistics) == 0 ? (*(uint*)(statistics + User), *(uint*)(statistics + Group)) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statistics(int folder, string path, int flags, uint mask, byte* statistics);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
