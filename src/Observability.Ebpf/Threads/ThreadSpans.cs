using System.Diagnostics;
using System.Runtime.CompilerServices;
using Observability.Ebpf.Native;
using Observability.Ebpf.Slots;

namespace Observability.Ebpf.Threads;

/// <summary>
/// Publishes which span each thread executes, for events about threads (waits for a processor) and for sockets of libraries that show none. Driven by the
/// flow of execution itself: the runtime tells when another flow takes a thread.
/// </summary>
internal sealed class ThreadSpans : IDisposable
{
    [ThreadStatic]
    private static ThreadSlot? t_slot;

    private readonly Publisher _publisher;
    private readonly AsyncLocal<Box?> _current;
    private readonly ConditionalWeakTable<Activity, Box> _boxes = [];
    private volatile bool _stopped;

    public ThreadSpans(Publisher publisher)
    {
        _publisher = publisher;
        _current = new AsyncLocal<Box?>(Changed);
        Activity.CurrentChanged += ActivityChanged;
    }

    public void Dispose()
    {
        _stopped = true;
        Activity.CurrentChanged -= ActivityChanged;
    }

    private void ActivityChanged(object? sender, ActivityChangedEventArgs change) =>
        _current.Value = change.Current is { IdFormat: ActivityIdFormat.W3C } span ? BoxOf(span) : null;

    private Box BoxOf(Activity span)
    {
        if (_boxes.TryGetValue(span, out var known)) return known;
        if (span.IsAllDataRequested) _publisher.Live.Add(span);
        var box = new Box(PublishedSpan.Of(span));
        _boxes.AddOrUpdate(span, box);
        return box;
    }

    private void Changed(AsyncLocalValueChangedArgs<Box?> change)
    {
        if (_stopped) return;
        var slot = t_slot;
        if (slot is null || slot.Maps != _publisher.Maps)
        {
            // Nothing to say yet, so the thread needs no slot.
            if (change.CurrentValue is null || _publisher.Maps is not { } maps) return;
            var thread = BpfMaps.ThreadNumber();
            if (maps.BindThread(thread) is not { } bound) return;
            t_slot = slot = new ThreadSlot(maps, thread, bound);
        }
        slot.Slot.PublishAlone(change.CurrentValue?.Span ?? default);
    }

    private sealed class Box(PublishedSpan span)
    {
        public readonly PublishedSpan Span = span;
    }

    /// <summary>Lives as long as its thread: the finalizer runs some time after the thread's end.</summary>
    private sealed class ThreadSlot(AgentMaps maps, int thread, Slot slot)
    {
        ~ThreadSlot() => maps.UnbindThread(thread, slot);

        public AgentMaps Maps => maps;

        public Slot Slot => slot;
    }
}
