using System.Text;

namespace Observability.Logging.Tests;

internal static class ByteText
{
    public static string[] AsLines(this byte[] bytes) => Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
