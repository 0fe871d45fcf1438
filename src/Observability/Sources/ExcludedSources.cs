using System.Diagnostics;
using OpenTelemetry;

namespace Observability.Sources;

/// <summary>
/// Keeps sources with certain name prefixes from being heard although all sources are listened to. The SDK's wildcard
/// knows no exception, and its sampler is not told the source; so one listener before the SDK's suppresses its decision
/// about such a source, and one after it lifts the suppression. No Activity is created, hence no links to it either.
/// </summary>
internal sealed class ExcludedSources : IDisposable
{
    [ThreadStatic]
    private static IDisposable? t_suppression;

    private readonly string[] _prefixes;
    private readonly string[] _wanted;
    private readonly ActivityListener _before;
    private ActivityListener? _after;

    /// <summary>Call before the tracer provider is built, and <see cref="Close"/> after it.</summary>
    public ExcludedSources(IEnumerable<string> prefixes, IEnumerable<string> wanted)
    {
        _prefixes = [.. prefixes];
        _wanted = [.. wanted];
        _before = new ActivityListener { ShouldListenTo = IsExcluded, Sample = Suppress, SampleUsingParentId = Suppress };
        ActivitySource.AddActivityListener(_before);
    }

    /// <summary>Listeners are asked in the order in which they were added: this one must come after the SDK's.</summary>
    public void Close()
    {
        if (_after is not null) return;
        _after = new ActivityListener { ShouldListenTo = IsExcluded, Sample = Lift, SampleUsingParentId = Lift };
        ActivitySource.AddActivityListener(_after);
    }

    public void Dispose()
    {
        // The first listener goes first: the other alone does nothing.
        _before.Dispose();
        _after?.Dispose();
    }

    private bool IsExcluded(ActivitySource source) =>
        Array.Exists(_prefixes, prefix => source.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        && !Array.Exists(_wanted, name => string.Equals(name, source.Name, StringComparison.OrdinalIgnoreCase));

    private ActivitySamplingResult Suppress<T>(ref ActivityCreationOptions<T> options)
    {
        // Until the second listener is there, nobody would lift the suppression.
        if (_after is not null) t_suppression ??= SuppressInstrumentationScope.Begin();
        return ActivitySamplingResult.None;
    }

    private static ActivitySamplingResult Lift<T>(ref ActivityCreationOptions<T> options)
    {
        t_suppression?.Dispose();
        t_suppression = null;
        return ActivitySamplingResult.None;
    }
}
