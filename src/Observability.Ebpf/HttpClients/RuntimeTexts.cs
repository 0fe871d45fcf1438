using System.Globalization;
using System.Net;
using Observability.Ebpf.Native;

namespace Observability.Ebpf.HttpClients;

/// <summary>Reads what .NET's socket event sources write as text. It is not promised to stay so: whatever is read is compared with what the kernel says.</summary>
internal static class RuntimeTexts
{
    /// <summary>The descriptor in <c>SafeSocketHandle:25474675(0xA8)</c>; -1 when the text has another form.</summary>
    public static int Descriptor(string text)
    {
        var open = text.LastIndexOf("(0x", StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith(')')) return -1;
        return int.TryParse(text.AsSpan((open + 3)..^1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var descriptor) && descriptor >= 0 ? descriptor : -1;
    }

    /// <summary>The end point in <c>InterNetworkV6:28:{143,105,…}</c>: family, size, and the bytes after the family; null when the text has another form.</summary>
    public static IPEndPoint? EndPoint(string text)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith('}')) return null;
        ushort family = text.StartsWith("InterNetworkV6:", StringComparison.Ordinal) ? (ushort)10 : text.StartsWith("InterNetwork:", StringComparison.Ordinal) ? (ushort)2 : (ushort)0;
        Span<byte> address = stackalloc byte[32];
        BitConverter.TryWriteBytes(address, family);
        var length = 2;
        foreach (var part in text.AsSpan((open + 1)..^1).Split(','))
        {
            if (length == address.Length) break;
            if (!byte.TryParse(text.AsSpan((open + 1)..^1)[part], NumberStyles.None, CultureInfo.InvariantCulture, out address[length++])) return null;
        }
        return KernelSocket.EndPoint(address[..length]);
    }
}
