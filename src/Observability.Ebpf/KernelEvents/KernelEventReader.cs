using System.Diagnostics;
using Observability.Ebpf.Diagnostics;
using Observability.Ebpf.Slots;

namespace Observability.Ebpf.KernelEvents;

/// <summary>One thread that waits for the kernel's events about this process's spans and puts them on those that still live. Asleep while nothing happens.</summary>
internal sealed class KernelEventReader : IDisposable
{
    private const int PatienceMilliseconds = 250;
    private const int LookMilliseconds = 5_000;

    /// <summary>A connection that loses everything must not bury its span.</summary>
    private const int MostEventsOfSpan = 128;

    private readonly Publisher _publisher;
    private readonly EbpfCounts _counts;
    private readonly DateTimeOffset _bootTime;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Throttling _throttling;
    private readonly Thread _thread;

    public KernelEventReader(Publisher publisher, TimeProvider time, EbpfCounts counts)
    {
        _publisher = publisher;
        _counts = counts;
        // .NET's timestamps are CLOCK_MONOTONIC on Linux, which is the kernel programs' clock, too.
        _bootTime = time.GetUtcNow() - Stopwatch.GetElapsedTime(0, Stopwatch.GetTimestamp());
        _throttling = Throttling.OfThisProcess(time);
        _thread = new Thread(Run) { IsBackground = true, Name = "observability-ebpf-events" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        if (_thread.Join(LookMilliseconds)) _stop.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stop.IsSet)
            {
                if (_publisher.Maps is { Events: >= 0 } maps && maps.Slots.ClaimEvents() && EventRing.Open(maps.Events) is { } ring)
                {
                    Read(ring);
                    maps.Slots.ReleaseEvents();
                    return;
                }
                _stop.Wait(LookMilliseconds);
            }
        }
        catch (Exception failure)
        {
            EbpfEventSource.Log.Contained("reading kernel events", failure.GetType().FullName ?? "");
        }
    }

    private void Read(EventRing ring)
    {
        while (!_stop.IsSet)
        {
            if (ring.Wait(PatienceMilliseconds)) ring.Drain(Received);
        }
    }

    private void Received(in KernelEvent kernel)
    {
        if (kernel.Kind == KernelEventKind.Close || kernel.Span == 0) return;
        if (_publisher.Live.Find(kernel.Span) is not { } span)
        {
            _counts.KernelEvent(late: true);
            return;
        }
        var time = _bootTime + TimeSpan.FromMicroseconds(kernel.Time / 1_000);
        if (SpanEvents.Of(kernel, time, _throttling) is not { } happened) return;
        var tail = span.Events.Skip(MostEventsOfSpan).Any();
        if (!tail) span.AddEvent(happened);
        _counts.KernelEvent(late: false);
    }
}
