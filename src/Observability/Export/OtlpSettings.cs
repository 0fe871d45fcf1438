using Observability.Configuration;

namespace Observability.Export;

/// <summary>The OTLP settings of one signal after its own values have been laid over the ones for all signals.</summary>
internal sealed record OtlpSettings(Signal Signal, Uri Endpoint, bool IsConfigured, bool IsGrpc, string? Headers, bool Gzip, TimeSpan Timeout, string? Certificate, string? ClientCertificate, string? ClientKey)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    public static OtlpSettings For(Signal signal, OtlpOptions all)
    {
        var own = signal switch { Signal.Traces => all.Traces, Signal.Metrics => all.Metrics, _ => all.Logs };
        var grpc = !string.Equals(own.Protocol ?? all.Protocol ?? Names.Grpc, Names.HttpProtobuf, StringComparison.OrdinalIgnoreCase);
        return new OtlpSettings(
            signal,
            Address(signal, own.Endpoint, all.Endpoint, grpc),
            (own.Endpoint ?? all.Endpoint) is not null,
            grpc,
            own.Headers ?? all.Headers,
            string.Equals(own.Compression ?? all.Compression, Names.Gzip, StringComparison.OrdinalIgnoreCase),
            own.Timeout ?? all.Timeout ?? DefaultTimeout,
            own.Certificate ?? all.Certificate,
            own.ClientCertificate ?? all.ClientCertificate,
            own.ClientKey ?? all.ClientKey);
    }

    /// <summary>
    /// OTLP exporter specification: a signal's own address is used as it is; to the common one, http/protobuf adds
    /// <c>v1/{signal}</c>.
    /// </summary>
    private static Uri Address(Signal signal, string? own, string? common, bool grpc)
    {
        if (own is not null) return new Uri(own);
        if (grpc) return new Uri(common ?? "http://localhost:4317");
        var path = signal switch { Signal.Traces => "v1/traces", Signal.Metrics => "v1/metrics", _ => "v1/logs" };
        return new Uri((common ?? "http://localhost:4318").TrimEnd('/') + "/" + path);
    }
}
