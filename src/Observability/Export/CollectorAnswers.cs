namespace Observability.Export;

/// <summary>
/// Reads a collector's answers for what the exporter does not hand on: why it failed, and what was rejected although the answer is yes.
/// </summary>
internal sealed class CollectorAnswers(HttpMessageHandler inner, ExportLane lane, bool isGrpc, int maxResponseBytes) : DelegatingHandler(inner)
{
    /// <summary>gRPC over HTTP/2 puts a flag and the length before its message.</summary>
    private const int GrpcPrefix = 5;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = base.Send(request, cancellationToken);
            response.Content.LoadIntoBufferAsync(maxResponseBytes, cancellationToken).GetAwaiter().GetResult();
            return Read(request, response);
        }
        catch (Exception fault)
        {
            if (!IsAnswer(request, response, fault)) throw;
            return response!;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(maxResponseBytes, cancellationToken).ConfigureAwait(false);
            return Read(request, response);
        }
        catch (Exception fault)
        {
            if (!IsAnswer(request, response, fault)) throw;
            return response!;
        }
    }

    private HttpResponseMessage Read(HttpRequestMessage request, HttpResponseMessage response)
    {
        using var buffer = new MemoryStream();
        response.Content.CopyTo(buffer, context: null, CancellationToken.None);
        var body = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        if (CollectorFault.Of(response, body) is { } fault)
        {
            lane.Explain(CollectorFault.At(request, fault));
            return response;
        }
        if (isGrpc) body = body.Length > GrpcPrefix && body[0] == 0 ? body[GrpcPrefix..] : default;
        if (CollectorMessage.Rejected(body) is (> 0 and var rejected, var reason)) lane.Reject(rejected, reason);
        return response;
    }

    /// <summary>Whether there is an answer for the exporter all the same: one that says no does so without its text.</summary>
    private bool IsAnswer(HttpRequestMessage request, HttpResponseMessage? response, Exception fault)
    {
        var refusal = response is null ? null : CollectorFault.Of(response, body: default);
        lane.Explain(CollectorFault.At(request, refusal ?? CollectorFault.Of(fault)));
        if (refusal is not null) return true;
        response?.Dispose();
        return false;
    }
}
