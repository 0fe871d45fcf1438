namespace Observability.Diagnostics;

/// <summary>
/// Why an export failed before any request was made: the SDK's exporters return a bare failure and tell the reason only to their event source, on the
/// same thread and just before.
/// </summary>
internal static class SdkReasons
{
    [ThreadStatic]
    private static string? t_last;

    /// <summary>Raised when a reason is asked for and none was kept: somebody had better listen.</summary>
    public static event Action? Missed;

    public static void Keep(string reason) => t_last = reason;

    public static string Take()
    {
        if (t_last is { } reason)
        {
            t_last = null;
            return reason;
        }
        Missed?.Invoke();
        return "no request was made; should it happen again, the exporter's own words will stand here";
    }
}
