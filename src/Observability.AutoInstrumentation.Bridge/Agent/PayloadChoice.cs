namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>
/// Which of the payload's folders the agent is loaded from: the one for this processor, or, where <c>Microsoft.Extensions.Logging</c> was woven at start-up, the IL. The
/// machine code for it is refused then by the runtime (a type is said to violate a constraint, which it does not); compiled here it works.
/// </summary>
internal static class PayloadChoice
{
    private const string Woven = "observability.woven.";

    /// <param name="payload">The folder for this processor.</param>
    public static string For(string payload) =>
        PlatformAssemblies.Find("Microsoft.Extensions.Logging") is { } path && path.Contains(Woven, StringComparison.Ordinal) ? Path.Combine(Path.GetDirectoryName(payload)!, "any") : payload;
}
