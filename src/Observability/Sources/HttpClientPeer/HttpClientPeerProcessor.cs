using System.Diagnostics;
using OpenTelemetry;

namespace Observability.Sources.HttpClientPeer;

/// <summary>Keeps the peers for as long as the provider lives, and completes the spans that shared a connection.</summary>
internal sealed class HttpClientPeerProcessor(HttpClientPeers peers) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data) => peers.Complete(data);

    protected override void Dispose(bool disposing)
    {
        if (disposing) peers.Dispose();
        base.Dispose(disposing);
    }
}
