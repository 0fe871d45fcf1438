using OpenTelemetry.Metrics;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>Takes an exposition piece by piece. Implementations are structs, so that the walker is compiled for each of them.</summary>
internal interface ILineSink
{
    /// <summary>Whether the sink looks at text at all; one that has it compiled does not.</summary>
    static abstract bool WantsText { get; }

    /// <summary>Announces a line with at most so many bytes of text.</summary>
    void Begin(int textLength);

    void Text(PinnedText text);

    unsafe void Text(byte* start, int length);

    void Number(long value);

    void Number(double value);

    /// <summary>A number whose text is worth keeping.</summary>
    void Number(double value, ref CachedNumber cached);

    /// <summary>An exemplar of the number just written.</summary>
    void Exemplar(in Exemplar exemplar, double value);

    void End();
}
