using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Observability.Weaver.Runtime;

/// <summary>
/// Makes a stopped activity current again. Work that outlives its request has one, which Activity itself leaves current but whose property refuses it. Where
/// the framework has no such method nothing is current then. Copied, never run here.
/// </summary>
[CompilerGenerated]
internal static class WovenCurrent
{
    private static readonly Action<Activity?>? Set = Found();

    public static void Restore(Activity stopped)
    {
        if (Set is null) Activity.Current = null;
        else Set(stopped);
    }

    private static Action<Activity?>? Found()
    {
        try
        {
            return typeof(Activity).GetMethod("SetCurrent", BindingFlags.NonPublic | BindingFlags.Static)?.CreateDelegate<Action<Activity?>>();
        }
        catch (Exception)
        {
            return null;
        }
    }
}
