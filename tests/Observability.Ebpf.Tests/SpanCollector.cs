using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.Ebpf.Tests;

/// <summary>A tracer provider with the correlation in it, and the spans that it would have exported.</summary>
internal sealed class SpanCollector : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly OpenTelemetrySdk _sdk;
    private readonly bool _keeps;

    public SpanCollector(Action<EbpfOptions>? configure = null, Sampler? sampler = null, bool keeps = true)
    {
        _keeps = keeps;
        _sdk = OpenTelemetrySdk.Create(builder => builder
            .WithTracing(tracing => tracing
                .AddSource("System.Net.Http", "Microsoft.AspNetCore", "Npgsql", "RabbitMQ.*", "Test")
                .SetSampler(sampler ?? new AlwaysOnSampler())
                .AddProcessor(this))
            .AddEbpfCorrelation(configure ?? (_ => { })));
    }

    public IReadOnlyList<Activity> Ended => [.. _ended];

    public IReadOnlyList<Activity> Of(string operation) => [.. _ended.Where(span => span.OperationName == operation)];

    public override void OnEnd(Activity data)
    {
        if (_keeps) _ended.Enqueue(data);
    }

    /// <summary>A server's span ends a little after its client has read the response.</summary>
    public async Task<IReadOnlyList<Activity>> WaitFor(Func<IReadOnlyList<Activity>, bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition(Ended))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(90), "The spans did not end in time; these did: " + string.Join(", ", Ended.Select(span => $"{span.DisplayName} {span.GetTagItem("db.query.text")} {span.Status}")));
            await Task.Delay(10);
        }
        return Ended;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _sdk?.Dispose();
    }
}
