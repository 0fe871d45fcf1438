using System.Diagnostics;

namespace Observability.AutoInstrumentation.Web;

/// <summary>
/// Stands for the listeners of all web hosts of the process: who subscribes here is subscribed to each of them, also to those that come later. The agent's
/// container has no web host whose listener it could have instead.
/// </summary>
internal sealed class ServerEvents() : DiagnosticListener("Observability.ServerEvents")
{
    private const string WebHost = "Microsoft.AspNetCore";

    public override IDisposable Subscribe(IObserver<KeyValuePair<string, object?>> observer, Func<string, object?, object?, bool>? isEnabled) =>
        AllListeners.Subscribe(new EachHost(observer, isEnabled));

    private sealed class EachHost(IObserver<KeyValuePair<string, object?>> observer, Func<string, object?, object?, bool>? isEnabled) : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == WebHost) value.Subscribe(observer, isEnabled);
        }

        public void OnCompleted()
        {
            // The observable of all listeners never ends.
        }

        public void OnError(Exception error)
        {
            // It never sends one.
        }
    }
}
