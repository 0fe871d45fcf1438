using System.Net.Http.Headers;
using System.Text;
using Observability.Prometheus.Diagnostics;
using Observability.Prometheus.Naming;

namespace Observability.Prometheus;

/// <summary>
/// Pushes metrics to a Pushgateway (https://github.com/prometheus/pushgateway), for jobs that end before anyone scrapes them.
/// Push once, when the job is done.
/// </summary>
public sealed class PrometheusPusher : IDisposable
{
    private readonly PrometheusResponder _responder;
    private readonly PrometheusPusherOptions _options;
    private readonly HttpClient _http;
    private readonly Uri _group;

    /// <summary>Creates a pusher.</summary>
    /// <param name="responder">What to push.</param>
    /// <param name="options">Where to.</param>
    /// <param name="handler">The transport: certificates, credentials, a proxy. Default: a handler of its own.</param>
    /// <exception cref="ArgumentException">The address or the job is missing, or a grouping label is not a label name.</exception>
    public PrometheusPusher(PrometheusResponder responder, PrometheusPusherOptions options, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(responder);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Address is not { IsAbsoluteUri: true } address) throw new ArgumentException("Address must name the Pushgateway, such as http://pushgateway:9091.", nameof(options));
        if (options.Job.Length == 0) throw new ArgumentException("Job must name the job.", nameof(options));
        if (options.Grouping.Keys.FirstOrDefault(label => !NameEscaper.IsLegacyLabel(label) || label == "job") is { } wrong)
            throw new ArgumentException($"Grouping has \"{wrong}\", which is not a label name of its own.", nameof(options));
        _responder = responder;
        _options = options;
        _http = handler is null ? new HttpClient() : new HttpClient(handler, disposeHandler: false);
        _http.Timeout = options.Timeout;
        _group = Group(address, options);
    }

    /// <summary>Collects and pushes. Never throws but for cancellation.</summary>
    /// <returns>Whether the gateway took the metrics; a failure is the diagnostic OBS4007.</returns>
    public async Task<bool> PushAsync(CancellationToken cancellationToken = default)
    {
        using var response = await _responder.RespondAsync(new PrometheusRequest(), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != 200) return Failed("the metrics could not be collected");
        var body = new MemoryStream(response.ContentLength);
        await response.WriteToAsync(body, cancellationToken).ConfigureAwait(false);
        body.Position = 0;
        using var request = new HttpRequestMessage(_options.KeepsOthers ? HttpMethod.Post : HttpMethod.Put, _group) { Content = new StreamContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(response.ContentType);
        return await Send(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the group's metrics. Never throws but for cancellation.</summary>
    /// <returns>Whether the gateway did.</returns>
    public async Task<bool> DeleteAsync(CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, _group);
        return await Send(request, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static Uri Group(Uri address, PrometheusPusherOptions options)
    {
        var path = new StringBuilder(address.AbsoluteUri.TrimEnd('/')).Append("/metrics");
        Append(path, "job", options.Job);
        foreach (var (label, value) in options.Grouping.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Append(path, label, value);
        return new Uri(path.ToString());
    }

    /// <summary>A value that is empty or has a slash cannot be a path segment; the gateway takes it in base64.</summary>
    private static void Append(StringBuilder path, string label, string value)
    {
        path.Append('/').Append(label);
        if (value.Length > 0 && !value.Contains('/', StringComparison.Ordinal)) path.Append('/').Append(Uri.EscapeDataString(value));
        else path.Append("@base64/").Append(value.Length == 0 ? "=" : Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).Replace('+', '-').Replace('/', '_'));
    }

    private async Task<bool> Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return true;
            var reason = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return Failed($"{(int)response.StatusCode} {reason.Trim()}");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Failed(exception.Message);
        }
    }

    private bool Failed(string reason)
    {
        PrometheusEventSource.Log.PushFailed(_group.GetLeftPart(UriPartial.Path), reason);
        return false;
    }
}
