using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Observability.Prometheus.Diagnostics;
using Observability.Prometheus.Formats;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Scraping;

/// <summary>
/// Lets scrapes in. One collection runs at a time, on a pool thread of its own; scrapes that arrive before it begins to render
/// join it, later ones share the next. Responses are written after the SDK's lock was left.
/// </summary>
internal sealed class ScrapeGate(ExpositionRenderer renderer) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private ScrapeRound? _joinable;
    private bool _isRunning;

    public PrometheusExporter? Exporter { get; set; }

    /// <summary>The exposition, to be released by the caller; null when collecting failed.</summary>
    /// <exception cref="TimeoutException">It took longer than <paramref name="timeout"/>; the collection goes on without this scrape.</exception>
    public async Task<ScrapeBody?> ScrapeAsync(ScrapeFormat format, string[]? names, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        ScrapeRound round;
        int number;
        bool starts;
        lock (_lock)
        {
            round = _joinable ??= new ScrapeRound();
            number = round.Add(format, names);
            starts = !_isRunning;
            _isRunning = true;
        }
        if (starts) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        try
        {
            await round.Done.WaitAsync(timeout, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Nobody will send this scrape's body any more.
            _ = round.Done.ContinueWith(_ => round.Body(number)?.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
        return round.Body(number);
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            ScrapeRound round;
            bool isMore;
            lock (_lock) round = _joinable!;
            try
            {
                Exporter?.Collect?.Invoke(Timeout.Infinite);
            }
            catch (Exception exception)
            {
                PrometheusEventSource.Log.CollectionFailed(exception.ToString());
            }
            lock (_lock)
            {
                // A collection that never came to render must not be joined any more.
                if (ReferenceEquals(_joinable, round)) _joinable = null;
                isMore = _isRunning = _joinable is not null;
            }
            round.Complete();
            // As it was then: whoever came since has started a run of its own.
            if (!isMore) return;
        }
    }

    /// <summary>Called by the SDK while it holds the collected points still.</summary>
    public bool Render(in Batch<Metric> batch, Resource resource)
    {
        ScrapeRound? round;
        lock (_lock)
        {
            round = _joinable;
            _joinable = null;
        }
        if (round is null) return true;
        try
        {
            renderer.Begin(batch, resource);
            round.Render(renderer);
            return true;
        }
        catch (Exception exception)
        {
            // The next scrape starts from nothing rather than from a layout that failed half-way.
            renderer.Forget();
            PrometheusEventSource.Log.RenderingFailed(exception.ToString());
            return false;
        }
    }
}
