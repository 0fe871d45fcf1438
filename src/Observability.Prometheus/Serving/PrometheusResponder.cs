using System.Globalization;
using Observability.Prometheus.Diagnostics;
using Observability.Prometheus.Formats;

namespace Observability.Prometheus;

/// <summary>Answers scrapes of one reader, over any transport: negotiates, shares collections, keeps time.</summary>
public sealed class PrometheusResponder
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);
    private readonly PrometheusMetricReader _reader;
    private readonly FormatNegotiator _negotiator;
    private readonly TimeProvider _time;
    private readonly Action _finished;
    private int _underWay;

    /// <summary>Creates a responder.</summary>
    public PrometheusResponder(PrometheusMetricReader reader)
        : this(reader, TimeProvider.System)
    {
    }

    internal PrometheusResponder(PrometheusMetricReader reader, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _reader = reader;
        _time = time;
        _negotiator = new FormatNegotiator(reader.Options);
        _finished = () => Interlocked.Decrement(ref _underWay);
    }

    /// <summary>Collects and renders. Never throws but for cancellation; failures are responses with 500 or 503.</summary>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async ValueTask<PrometheusResponse> RespondAsync(PrometheusRequest request, CancellationToken cancellationToken = default)
    {
        var isHead = request.Method == "HEAD";
        if (!isHead && request.Method != "GET") return new PrometheusResponse(405, "Only GET and HEAD are answered here.\n");
        var limit = _reader.Options.MaxConcurrentScrapes;
        if (Interlocked.Increment(ref _underWay) > limit)
        {
            _finished();
            PrometheusEventSource.Log.TooManyScrapes(limit);
            ScrapeMetrics.Failed("overload");
            return new PrometheusResponse(503, "Too many scrapes are under way.\n") { IsHead = isHead };
        }

        PrometheusResponse? response = null;
        try
        {
            return response = await Collect(request, isHead, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A body in flight counts until it is disposed.
            if (response?.StatusCode != 200) _finished();
        }
    }

    private async Task<PrometheusResponse> Collect(PrometheusRequest request, bool isHead, CancellationToken cancellationToken)
    {
        var format = _negotiator.Negotiate(request.Accept, request.AcceptEncoding);
        var names = request.Names is { Count: > 0 } wanted ? wanted.ToArray() : null;
        var timeout = Timeout(request.ScrapeTimeoutSeconds);
        try
        {
            var body = await _reader.Gate.ScrapeAsync(format, names, timeout, _time, cancellationToken).ConfigureAwait(false);
            if (body is not null)
            {
                ScrapeMetrics.Succeeded(body.Length, body.Samples);
                return new PrometheusResponse(body, format.ContentType, format.Gzip, _finished) { IsHead = isHead };
            }
            ScrapeMetrics.Failed("collection");
            return new PrometheusResponse(500, "Collecting or rendering the metrics failed; see the diagnostics OBS4002 and OBS4003.\n") { IsHead = isHead };
        }
        catch (TimeoutException)
        {
            PrometheusEventSource.Log.ScrapeTimedOut(timeout.TotalSeconds);
            ScrapeMetrics.Failed("timeout");
            return new PrometheusResponse(503, "Collecting the metrics took longer than the scrape may take.\n") { IsHead = isHead };
        }
    }

    /// <summary>What the server grants, less a tenth (at most half a second) for the way back.</summary>
    private TimeSpan Timeout(string? header)
    {
        if (!double.TryParse(header, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds <= 0)
            return _reader.Options.ScrapeTimeout;
        seconds = Math.Min(seconds, LongestTimeout.TotalSeconds);
        return TimeSpan.FromSeconds(seconds - Math.Min(0.5, seconds / 10));
    }
}
