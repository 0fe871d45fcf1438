using System.Net.Http.Headers;

namespace Observability.Export.Zipkin;

/// <summary>Posts one body at a time, on the exporting thread. Its handler writes no trace headers and makes no spans.</summary>
internal sealed class ZipkinClient(Uri endpoint, TimeSpan timeout) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = timeout,
        // A service behind one name moves; its address is asked for again now and then.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = timeout,
    };

    /// <summary>Null when Zipkin took the spans, else what went wrong and what to look at.</summary>
    public string? Post(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = Json;
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
            using var response = _http.Send(request, HttpCompletionOption.ResponseHeadersRead);
            return response.IsSuccessStatusCode ? null : $"Zipkin at {Where} answered {(int)response.StatusCode}: check that the path is /api/v2/spans.";
        }
        catch (OperationCanceledException)
        {
            return $"Zipkin at {Where} did not answer within {timeout.TotalMilliseconds:0} ms: check the address or raise the timeout.";
        }
        catch (Exception exception)
        {
            // Refused, reset, garbage instead of HTTP: whatever it is, it ends here.
            return $"Zipkin at {Where} could not be reached: {exception.GetBaseException().Message}";
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Without a user, password or query that the address may carry.</summary>
    private string Where => endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
