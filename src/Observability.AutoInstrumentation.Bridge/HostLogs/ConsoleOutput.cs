using System.Reflection;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>
/// Whether the application gave <see cref="Console.Out"/> another writer. The host's console writes to that one, because stdout may speak a protocol, as
/// with a language server: JSON lines would stand in the middle of it. Only a field tells, that is not public; without it the answer is no.
/// </summary>
internal static class ConsoleOutput
{
    private static readonly FieldInfo? Field = typeof(Console).GetField("s_isOutTextWriterRedirected", BindingFlags.Static | BindingFlags.NonPublic);

    public static bool IsReplaced => Field?.GetValue(null) is true;
}
