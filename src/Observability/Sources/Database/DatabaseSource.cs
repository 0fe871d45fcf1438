using System.Diagnostics;

namespace Observability.Sources.Database;

/// <summary>
/// Makes client spans of the commands of EF Core and SqlClient, which themselves only raise diagnostic events: source <c>Observability.Database</c>, stable
/// conventions for databases, literals hidden, parameters never. No span where someone else makes one: see <see cref="NativeSpans"/>.
/// </summary>
internal sealed class DatabaseSource : IObserver<DiagnosticListener>, IDisposable
{
    public const string SourceName = "Observability.Database";

    private readonly NativeSpans _others = new();
    // Made with the first listener: System.Data.Common, a megabyte in memory, is only for applications that have a database.
    private readonly Lazy<CommandSpans> _spans;
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Lock _lock = new();

    /// <param name="keepLiterals">Whether literals in SQL text stay.</param>
    /// <param name="failed">Told of a failure in here; the application's command is never touched by it.</param>
    public DatabaseSource(bool keepLiterals = false, Action<Exception>? failed = null)
    {
        _spans = new Lazy<CommandSpans>(() => new CommandSpans(keepLiterals, _others, failed));
        Keep(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name is DatabaseEvents.EntityFramework or DatabaseEvents.SqlClient)
            Keep(value.Subscribe(new CommandObserver(value.Name, _spans.Value), static (name, _, _) => DatabaseEvents.PhaseOf(name) is not null));
    }

    public void OnCompleted()
    {
        // A listener ends with its service provider; nothing waits for it.
    }

    public void OnError(Exception error)
    {
        // DiagnosticListener never sends one.
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var subscription in _subscriptions) subscription.Dispose();
            _subscriptions.Clear();
        }
        if (_spans.IsValueCreated) _spans.Value.Dispose();
        _others.Dispose();
    }

    private void Keep(IDisposable subscription)
    {
        lock (_lock) _subscriptions.Add(subscription);
    }
}
