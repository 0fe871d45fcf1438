using OpenTelemetry;

namespace Observability.Export;

/// <summary>Counts what an exporter delivers and loses, and contains what it throws.</summary>
internal sealed class CountingExporter<T>(BaseExporter<T> exporter, ExportLane lane, Func<bool> standsBy) : BaseExporter<T>
    where T : class
{
    public override ExportResult Export(in Batch<T> batch)
    {
        var items = batch.Count;
        try
        {
            return standsBy() ? ExportResult.Success : lane.Finish(exporter.Export(batch), items);
        }
        catch (Exception fault)
        {
            lane.Explain(CollectorFault.Of(fault));
            // The SDK's worker thread would end with an exception, and with it all export.
            return lane.Finish(ExportResult.Failure, items);
        }
        finally
        {
            lane.Leave(items);
        }
    }

    protected override bool OnForceFlush(int timeoutMilliseconds) => exporter.ForceFlush(timeoutMilliseconds);

    // The wrapped exporter is shut down by its home, which the provider shuts down after the queue.
}
