namespace Observability.Kubernetes.Admission;

/// <summary>Reads a body whole; Kestrel holds it to the limit.</summary>
internal static class RequestBody
{
    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, CancellationToken cancellation)
    {
        var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, 1024 * 1024));
        await request.Body.CopyToAsync(buffer, cancellation);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
