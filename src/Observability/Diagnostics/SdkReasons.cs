namespace Observability.Diagnostics;

/// <summary>
/// Why an export failed: the SDK's exporters return a bare failure and tell the reason only to their event source, on the
/// same thread and just before.
/// </summary>
internal static class SdkReasons
{
    [ThreadStatic]
    private static string? t_last;

    public static void Keep(string reason) => t_last = reason;

    public static string Take()
    {
        var reason = t_last ?? "no reason was given";
        t_last = null;
        return reason;
    }
}
