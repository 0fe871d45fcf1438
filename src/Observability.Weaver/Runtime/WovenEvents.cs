using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Observability.Weaver.Runtime;

/// <summary>What woven code calls where a rule announces an object, so that somebody may join it. Copied, never run here.</summary>
[CompilerGenerated]
internal static class WovenEvents
{
    private static readonly DiagnosticListener Listener = new("Observability.Weaver");

    /// <param name="value">The object.</param>
    /// <param name="name">The method's full name, which is the event's.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Subscribers take the object itself, and ask for none of its properties by name.")]
    public static void Announce(object? value, string name)
    {
        try
        {
            if (value is not null && Listener.IsEnabled(name)) Listener.Write(name, value);
        }
        catch (Exception)
        {
            // A subscriber threw.
        }
    }
}
