using System.Diagnostics;
using OpenTelemetry;

namespace WebApi;

/// <summary>An enricher with a bug.</summary>
internal sealed class ThrowingProcessor : BaseProcessor<Activity>
{
    public override void OnStart(Activity data) => throw new InvalidOperationException("the enricher threw at the start");

    public override void OnEnd(Activity data) => throw new InvalidOperationException("the enricher threw at the end");
}
