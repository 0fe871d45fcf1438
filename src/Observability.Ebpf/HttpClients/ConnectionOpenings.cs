using System.Collections.Concurrent;
using System.Diagnostics;

namespace Observability.Ebpf.HttpClients;

/// <summary>
/// The moments in which clients open connections. Only then are sockets listened to: the source that names their descriptors formats text for every operation of every socket
/// while anybody listens. HttpClient asks the listeners of its experimental source whether they want a span of a connection before it makes the socket: the answer is no, but the
/// question tells.
/// </summary>
internal sealed class ConnectionOpenings : IDisposable
{
    private const string Connections = "Experimental.System.Net.Http.Connections";
    private const string Setup = Connections + ".ConnectionSetup";

    /// <summary>Who changes event sources holds the runtime's own lock; nobody waits longer for that than this.</summary>
    private const int GateMilliseconds = 200;

    private const int Most = 1_024;

    /// <summary>A socket that was not made by then is not expected any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whoever listens to HttpClient's source listens to this one of the same name, but openings do not.</summary>
    private static readonly ActivitySource s_twin = new(Connections);

    private static readonly object Yes = new();
    private static readonly object No = new();

    [ThreadStatic]
    private static Activity? t_left;

    private readonly AsyncLocal<Opening?> _current = new();
    private readonly ConcurrentDictionary<Opening, bool> _awaiting = new();
    private readonly object _gate = new();
    private readonly ActivityListener _questions;
    private readonly TimeProvider _time;
    private int _count;

    /// <summary>Null while that is being changed.</summary>
    private volatile object? _listens = No;

    public ConnectionOpenings(TimeProvider time)
    {
        _time = time;
        Activity.CurrentChanged += CurrentChanged;
        _questions = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Connections && source != s_twin,
            Sample = Asked,
        };
        ActivitySource.AddActivityListener(_questions);
    }

    /// <summary>Set to whoever can listen to sockets, and stop.</summary>
    public Action<bool>? Listen { get; set; }

    /// <summary>Whether a socket is awaited anywhere in the process.</summary>
    public bool AreAwaited => Volatile.Read(ref _count) > 0;

    public object? Flow => _current.Value?.Flow;

    /// <summary>On this flow a socket is about to be made.</summary>
    public void Begin(object flow)
    {
        var opening = new Opening(flow);
        _current.Value = opening;
        Await(opening);
    }

    /// <summary>The flow has what it awaited.</summary>
    public void Settle()
    {
        if (_current.Value is { } opening && AreAwaited) Forget(opening);
    }

    /// <summary>An address did not answer: for the next one another socket is made.</summary>
    public void TryAgain()
    {
        if (_current.Value is { } opening) Await(opening);
    }

    public void End()
    {
        Settle();
        _current.Value = null;
    }

    /// <summary>Gives up what has been awaited for too long. Costs nothing while nothing is awaited.</summary>
    public void GiveUp()
    {
        if (!AreAwaited) return;
        foreach (var (opening, _) in _awaiting)
            if (_time.GetElapsedTime(opening.Since) > Patience) Forget(opening);
    }

    public void Dispose()
    {
        _questions.Dispose();
        Activity.CurrentChanged -= CurrentChanged;
    }

    /// <summary>HttpClient takes the request's span away just before it asks, whatever the answer will be.</summary>
    private static void CurrentChanged(object? sender, ActivityChangedEventArgs change) =>
        t_left = change.Current is null && change.Previous is { IsStopped: false } left ? left : null;

    private ActivitySamplingResult Asked(ref ActivityCreationOptions<ActivityContext> question)
    {
        if (question.Name != Setup) return ActivitySamplingResult.None;
        var span = t_left ?? Activity.Current;
        if (span is null) return ActivitySamplingResult.None;
        Begin((object?)ClientConnections.RequestOf(span) ?? span);
        // What nobody else asked for must not change what the application sees: the span is given back.
        if (!s_twin.HasListeners()) Activity.Current = span;
        return ActivitySamplingResult.None;
    }

    private void Await(Opening opening)
    {
        opening.Since = _time.GetTimestamp();
        if (Volatile.Read(ref _count) >= Most || !_awaiting.TryAdd(opening, true)) return;
        // Before the listening: a source that is made at this moment looks at it.
        Interlocked.Increment(ref _count);
        Match();
    }

    private void Forget(Opening opening)
    {
        if (!_awaiting.TryRemove(opening, out _)) return;
        Interlocked.Decrement(ref _count);
        Match();
    }

    /// <summary>
    /// Sockets are listened to when this returns and one is awaited, unless another takes too long to begin. Who leaves because of that loses nothing: the other looks again.
    /// </summary>
    private void Match()
    {
        while (_listens != (AreAwaited ? Yes : No))
        {
            if (!Monitor.TryEnter(_gate, GateMilliseconds)) return;
            try
            {
                var wanted = AreAwaited ? Yes : No;
                if (_listens == wanted) continue;
                _listens = null;
                Listen?.Invoke(wanted == Yes);
                _listens = wanted;
            }
            finally
            {
                Monitor.Exit(_gate);
            }
        }
    }
}
