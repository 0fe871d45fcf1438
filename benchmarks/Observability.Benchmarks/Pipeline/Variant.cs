using System.Globalization;

namespace Observability.Benchmarks.Pipeline;

/// <summary>A server with its telemetry and its share of kept traces.</summary>
internal sealed record Variant(string Name, string Kind, double Kept, bool Prometheus = false)
{
    public IEnumerable<KeyValuePair<string, string>> Environment(int sinkPort)
    {
        var settings = new Dictionary<string, string>
        {
            ["OTEL_SERVICE_NAME"] = "pipeline",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{sinkPort}/{Name}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            // Closed-loop load on two cores outruns any exporter now and then: with room for a round nothing is dropped, so all pay for all.
            ["OTEL_BSP_MAX_QUEUE_SIZE"] = "65536",
            ["OTEL_BLRP_MAX_QUEUE_SIZE"] = "65536",
            // What a round leaves behind is exported before the round's usage is read.
            ["OTEL_BSP_SCHEDULE_DELAY"] = "20",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "20",
            // A thread of the pool that waits for the client would spin: idling, counted as work, and more of it the faster the server is.
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
            // What is measured is the code at its best: hot methods are compiled for good as soon as they are known to be hot.
            ["DOTNET_TC_CallCountingDelayMs"] = "0",
            ["OTEL_TRACES_SAMPLER"] = Kept < 1 ? "parentbased_traceidratio" : "parentbased_always_on",
            ["OTEL_TRACES_SAMPLER_ARG"] = Kept.ToString(CultureInfo.InvariantCulture),
            ["Observability__Prometheus__Port"] = "0",
        };
        // The same telemetry in both: OTLP for the three signals. The Prometheus endpoint, on by default, is a variant of its own.
        if (!Prometheus) settings["OTEL_METRICS_EXPORTER"] = "otlp";
        return settings;
    }
}
