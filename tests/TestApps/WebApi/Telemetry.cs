using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;

namespace WebApi;

/// <summary>The application's own telemetry, which nobody names to the SDK.</summary>
internal static class Telemetry
{
    private static readonly ActivitySource Source = new("WebApi");
    private static readonly Meter Meter = new("WebApi");
    private static readonly Counter<long> Orders = Meter.CreateCounter<long>("shop.orders", "{order}", "Orders placed.");
    private static readonly Histogram<double> Weight = Meter.CreateHistogram<double>("shop.parcel.weight", "kg", "Weight of parcels.");

    public static void Map(WebApplication app)
    {
        app.MapGet("/order/{colour}", (string colour) =>
        {
            using var packing = Source.StartActivity("pack");
            packing?.SetTag("colour", colour);
            Orders.Add(1, new KeyValuePair<string, object?>("colour", colour));
            Weight.Record(1.5, new KeyValuePair<string, object?>("colour", colour));
            return "ordered";
        });
        app.MapGet("/burst/{count:int}", (int count) =>
        {
            for (var i = 0; i < count; i++) Source.StartActivity("burst")?.Dispose();
            return "done";
        });
        app.MapGet("/scope", (ILogger<Program> logger) =>
        {
            using (logger.BeginScope(new Dictionary<string, object> { ["tenant"] = "acme" }))
                logger.LogWarning(new EventId(42, "Measured"), "Measured {Length} m of {Kind}", 3.5, "cable");
            return "logged";
        });
        app.MapGet("/baggage", () => string.Join(';', Baggage.Current.GetBaggage().OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}={entry.Value}")));
        app.MapGet("/current", () => $"{Activity.Current?.TraceId} {Activity.Current?.ParentSpanId} {Activity.Current?.SpanId}");
    }
}
