using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Observability.AutoInstrumentation.Life;

/// <summary>
/// Has the application's handlers of signals asked before the agent's. .NET asks the latest one first, and the agent's come after the application has started: a
/// handler that reloads something on SIGHUP would wait for a delivery that nobody needs. The list is not public; where it is kept in another way, the order stays.
/// </summary>
internal static class SignalOrder
{
    private static readonly AssemblyLoadContext? Own = AssemblyLoadContext.GetLoadContext(typeof(SignalOrder).Assembly);

    public static void ApplicationFirst()
    {
        if (typeof(PosixSignalRegistration).GetField("s_registrations", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) is not IDictionary registered) return;
        // The runtime's own lock for it.
        lock (registered)
        {
            foreach (var handlers in registered.Values.OfType<IList>()) ToTheFront(handlers);
        }
    }

    private static void ToTheFront(IList handlers)
    {
        var front = 0;
        for (var i = 0; i < handlers.Count; i++)
        {
            if (handlers[i] is not { } handler || !IsOwn(handler)) continue;
            handlers.RemoveAt(i);
            handlers.Insert(front++, handler);
        }
    }

    private static bool IsOwn(object registration) =>
        registration.GetType().GetProperty("Handler")?.GetValue(registration) is Delegate { Method.Module.Assembly: { } assembly } && AssemblyLoadContext.GetLoadContext(assembly) == Own;
}
