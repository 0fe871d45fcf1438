using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Observability.Weaver.Startup.Process;
using Observability.Weaver.Startup.Settings;

namespace Observability.Weaver.Startup.Cache;

/// <summary>
/// Names what was woven from what: path, size, time and build stamp of every assembly of the application, the frameworks' folders (whose names hold their
/// versions), the rules, and the weaver itself. No more of the content is read: that would take as long as weaving.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class CacheKey
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const int HeadLength = 512;
    private const int PlaceOfHeader = 0x3C;
    private const int StampInHeader = 8;

    public static string Of(WeaveSettings settings, PlatformList platform)
    {
        var text = new StringBuilder(8192).Append(settings.Rules).Append('\n');
        if (settings.RulesFile is not null) text.Append(File.ReadAllText(settings.RulesFile)).Append('\n');
#pragma warning disable IL3000 // Loaded from the payload's folder, never bundled.
        Append(text, typeof(CacheKey).Assembly.Location);
#pragma warning restore IL3000
        var folder = "";
        foreach (var path in platform.Files(settings.CacheFolder ?? CacheRoot.Default()))
        {
            if (platform.IsApplications(path)) Append(text, path);
            else if (Path.GetDirectoryName(path) is { } framework && framework != folder) text.Append(folder = framework).Append('\n');
        }
        return Hash(text).ToString("x16", CultureInfo.InvariantCulture);
    }

    private static void Append(StringBuilder text, string path)
    {
        var file = new FileInfo(path);
        text.Append(path).Append('|').Append(file.Exists ? file.Length : -1).Append('|').Append(file.LastWriteTimeUtc.Ticks)
            .Append('|').Append(file.Exists ? Stamp(path) : 0).Append('\n');
    }

    /// <summary>The time in an assembly's header, in place of which a deterministic build writes a hash of the content: images give all files one time, and sizes are rounded.</summary>
    private static uint Stamp(string path)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        using var file = File.OpenHandle(path);
        var read = RandomAccess.Read(file, head, 0);
        if (read < HeadLength) return 0;
        var header = BinaryPrimitives.ReadInt32LittleEndian(head[PlaceOfHeader..]);
        return header is > 0 and < HeadLength - 12 ? BinaryPrimitives.ReadUInt32LittleEndian(head[(header + StampInHeader)..]) : 0;
    }

    /// <summary>FNV-1a: nobody else can choose what is hashed here, and the cryptographic ones would have to be loaded first.</summary>
    private static ulong Hash(StringBuilder text)
    {
        var hash = Basis;
        foreach (var chunk in text.GetChunks())
            foreach (var letter in chunk.Span) hash = (hash ^ letter) * Prime;
        return hash;
    }
}
