using System.Diagnostics;
using System.Runtime.CompilerServices;
using Observability.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace Observability.Pipelines;

/// <summary>
/// Puts processors behind all that the application registers, so that what its own filter, change and remove is settled before anything is queued. The SDK sorts by a
/// weight that only its own exporters can set (<c>UseOtlpExporter()</c> does); adding to the provider once it is built would miss what ends until then.
/// </summary>
internal static class LastProcessors
{
    private const int Heaviest = int.MaxValue;

    public static void AddLast(this TracerProviderBuilder builder, BaseProcessor<Activity> processor) => builder.AddProcessor(Weighted(processor));

    public static void AddLast(this LoggerProviderBuilder builder, BaseProcessor<LogRecord> processor) => builder.AddProcessor(Weighted(processor));

    private static BaseProcessor<T> Weighted<T>(BaseProcessor<T> processor)
    {
        try
        {
            Weight<T>.Set(processor, Heaviest);
        }
        catch (Exception failure)
        {
            // Another SDK than the one that this was tested with: nothing is lost, but it is queued before the application's processors have seen it.
            CoreEventSource.Log.Contained("the way of the queues behind the application's processors", failure.GetType().FullName ?? "");
        }
        return processor;
    }

    private static class Weight<T>
    {
        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_PipelineWeight")]
        public static extern void Set(BaseProcessor<T> processor, int weight);
    }
}
