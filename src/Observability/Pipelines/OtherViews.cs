using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Observability.Diagnostics;
using OpenTelemetry.Metrics;

namespace Observability.Pipelines;

/// <summary>
/// The views that the application added to the provider. The SDK makes a stream for every view that matches, and tells none of the others: its builder's own list is read,
/// which is complete when the first instrument comes.
/// </summary>
/// <param name="all">Every view of the provider, ours among them; null when the SDK is made otherwise than the one that this was tested with.</param>
internal sealed class OtherViews(IReadOnlyList<Func<Instrument, MetricStreamConfiguration?>>? all)
{
    private const string SdkBuilder = "OpenTelemetry.Metrics.MeterProviderBuilderSdk";

    /// <summary>Whether it can be told what the application's views say.</summary>
    public bool AreKnown => all is not null;

    public static OtherViews Of(MeterProviderBuilder builder)
    {
        try
        {
            return new OtherViews(builder.GetType().FullName == SdkBuilder ? ViewsOf(builder) : null);
        }
        catch (Exception failure)
        {
            CoreEventSource.Log.Contained("the look for views of the application's", failure.GetType().FullName ?? "");
            return new OtherViews(null);
        }
    }

    /// <summary>Whether the application shapes the instrument. As the SDK does, it passes over a view that throws, and a histogram's for what is none.</summary>
    public bool Match(Instrument instrument)
    {
        for (var i = 0; i < all?.Count; i++)
            if (all[i].Target is not InstrumentViews && Matches(all[i], instrument)) return true;
        return false;
    }

    private static bool Matches(Func<Instrument, MetricStreamConfiguration?> view, Instrument instrument)
    {
        try
        {
            return view(instrument) is { } stream && (stream is not HistogramConfiguration || InstrumentViews.IsHistogram(instrument));
        }
        catch (Exception)
        {
            // Reported by the SDK, which asks it too.
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ViewConfigs")]
    private static extern List<Func<Instrument, MetricStreamConfiguration?>> ViewsOf([UnsafeAccessorType(SdkBuilder + ", OpenTelemetry")] object builder);
}
