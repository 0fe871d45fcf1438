namespace Observability.Tool.Diagnosing;

/// <summary>Reads the mark: https://github.com/dotnet/runtime/blob/main/src/native/corehost/apphost/bundle_marker.cpp</summary>
internal static class HostMark
{
    /// <summary>SHA-256 of the line ".net core bundle".</summary>
    private static ReadOnlySpan<byte> Signature =>
    [
        0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32,
        0x13, 0xf5, 0xb9, 0xe6, 0xef, 0xae, 0x33, 0x18, 0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
    ];

    public static ExecutableFile Of(string file)
    {
        using var stream = File.OpenRead(file);
        var buffer = new byte[1024 * 1024];
        var kept = 0;
        while (stream.Read(buffer, kept, buffer.Length - kept) is > 0 and var read)
        {
            var filled = buffer.AsSpan(0, kept + read);
            var at = filled.IndexOf(Signature);
            if (at >= sizeof(long)) return BitConverter.ToInt64(filled[(at - sizeof(long))..]) == 0 ? ExecutableFile.Host : ExecutableFile.SingleFile;
            // The mark may lie across two readings.
            kept = Math.Min(filled.Length, Signature.Length + sizeof(long));
            filled[^kept..].CopyTo(buffer);
        }
        return ExecutableFile.Foreign;
    }
}
