namespace Observability.Ebpf.HttpClients;

/// <summary>A connection that is being opened, on the flow of execution that opens it.</summary>
/// <param name="flow">What is current wherever else the connection is spoken of: the span of the request that caused it.</param>
internal sealed class Opening(object flow)
{
    public object Flow => flow;

    /// <summary>Since when its socket is awaited.</summary>
    public long Since { get; set; }
}
