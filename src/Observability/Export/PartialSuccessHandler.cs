namespace Observability.Export;

/// <summary>Notices what a collector rejects although it answers with success: the exporter does not look, and it is a loss.</summary>
internal sealed class PartialSuccessHandler(HttpMessageHandler inner, ExportLane lane, bool isGrpc, int maxResponseBytes) : DelegatingHandler(inner)
{
    /// <summary>gRPC over HTTP/2 puts a flag and the length before its message.</summary>
    private const int GrpcPrefix = 5;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = base.Send(request, cancellationToken);
        if (!response.IsSuccessStatusCode) return response;
        try
        {
            response.Content.LoadIntoBufferAsync(maxResponseBytes, cancellationToken).GetAwaiter().GetResult();
            using var body = new MemoryStream();
            response.Content.CopyTo(body, null, cancellationToken);
            Read(body.GetBuffer().AsSpan(0, (int)body.Length));
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode) return response;
        try
        {
            await response.Content.LoadIntoBufferAsync(maxResponseBytes, cancellationToken).ConfigureAwait(false);
            Read(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private void Read(ReadOnlySpan<byte> body)
    {
        if (isGrpc) body = body.Length > GrpcPrefix && body[0] == 0 ? body[GrpcPrefix..] : default;
        if (RejectedItems.Read(body) is (> 0 and var rejected, var reason)) lane.Reject(rejected, reason);
    }
}
