using System.Net.Http.Headers;
using OpenTelemetry;

namespace Observability.Sampling;

/// <summary>Fetches strategies now and then. One request at a time, bounded in time and size, invisible to tracing.</summary>
internal sealed class RemotePoller : IDisposable
{
    private const int MaxBytes = 1 << 20;

    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly TimeSpan _timeout;
    private readonly Action<RemoteStrategy> _received;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private byte[] _last = [];
    private int _polling;

    public RemotePoller(SamplingRemoteOptions options, string? serviceName, SamplingSurroundings surroundings, Action<RemoteStrategy> received)
    {
        _address = Address(options.Jaeger!, serviceName);
        _timeout = TimeSpan.FromMilliseconds(options.TimeoutMs);
        _received = received;
        _client = new HttpClient(surroundings.CreateHttpHandler()) { MaxResponseContentBufferSize = MaxBytes, Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _timer = surroundings.Time.CreateTimer(_ => _ = Poll(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(options.PollMs));
    }

    public static Uri Address(string server, string? serviceName)
    {
        var address = new UriBuilder(server);
        if (address.Path is "" or "/") address.Path = "/sampling";
        var service = "service=" + Uri.EscapeDataString(string.IsNullOrEmpty(serviceName) ? "unknown_service" : serviceName);
        address.Query = address.Query.Length > 1 ? address.Query[1..] + "&" + service : service;
        return address.Uri;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _stop.Cancel();
        _client.Dispose();
    }

    private async Task Poll()
    {
        if (Interlocked.Exchange(ref _polling, 1) == 1) return;
        try
        {
            using var quiet = SuppressInstrumentationScope.Begin();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            patience.CancelAfter(_timeout);
            var answer = await _client.GetByteArrayAsync(_address, patience.Token).ConfigureAwait(false);
            if (answer.AsSpan().SequenceEqual(_last)) return;
            _received(RemoteStrategyParser.Parse(answer));
            _last = answer;
        }
        catch (Exception exception)
        {
            // Whatever went wrong, the last good strategy stays and the next poll tries again.
            if (!_stop.IsCancellationRequested) SamplingEventSource.Log.RemoteFailed(_address.GetLeftPart(UriPartial.Path), Why(exception));
        }
        finally
        {
            Volatile.Write(ref _polling, 0);
        }
    }

    private string Why(Exception exception) =>
        exception is OperationCanceledException ? $"no answer within {_timeout.TotalMilliseconds:0} ms." : exception.Message;
}
