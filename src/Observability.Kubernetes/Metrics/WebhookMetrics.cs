using System.Globalization;
using System.Text;
using Observability.Kubernetes.Hosting;
using Observability.Kubernetes.Injection;

namespace Observability.Kubernetes.Metrics;

/// <summary>What the webhook counts, in Prometheus' text format.</summary>
internal sealed class WebhookMetrics(MountedCertificate certificate)
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly double[] Bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 3];

    private readonly long[] _pods = new long[Enum.GetValues<InjectionOutcome>().Length];
    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private long _rejected;
    private long _failed;
    private long _ticks;

    /// <summary>A pod was judged.</summary>
    public void Judged(InjectionOutcome outcome) => Interlocked.Increment(ref _pods[(int)outcome]);

    /// <summary>A request was no admission review.</summary>
    public void Rejected() => Interlocked.Increment(ref _rejected);

    /// <summary>A pod was let through untouched because judging it failed.</summary>
    public void Failed() => Interlocked.Increment(ref _failed);

    /// <summary>A request was answered.</summary>
    public void Answered(TimeSpan duration)
    {
        var bucket = Array.FindIndex(Bounds, bound => duration.TotalSeconds <= bound);
        Interlocked.Increment(ref _buckets[bucket < 0 ? Bounds.Length : bucket]);
        Interlocked.Add(ref _ticks, duration.Ticks);
    }

    public string Render()
    {
        var text = new StringBuilder();
        Head(text, "observability_webhook_pods_total", "counter", "Pods by what became of them.");
        foreach (var outcome in Enum.GetValues<InjectionOutcome>()) Line(text, $"observability_webhook_pods_total{{outcome=\"{NameOf(outcome)}\"}}", Volatile.Read(ref _pods[(int)outcome]));
        Head(text, "observability_webhook_rejected_requests_total", "counter", "Requests that were no admission review.");
        Line(text, "observability_webhook_rejected_requests_total", Volatile.Read(ref _rejected));
        Head(text, "observability_webhook_failures_total", "counter", "Pods that were let through untouched because judging them failed.");
        Line(text, "observability_webhook_failures_total", Volatile.Read(ref _failed));
        Durations(text);
        Head(text, "observability_webhook_certificate_expiry_timestamp_seconds", "gauge", "When the certificate in use ends.");
        Line(text, "observability_webhook_certificate_expiry_timestamp_seconds", certificate.NotAfter.ToUnixTimeSeconds());
        Head(text, "observability_webhook_certificate_reloads_total", "counter", "How often another certificate was taken.");
        Line(text, "observability_webhook_certificate_reloads_total", certificate.Reloads);
        return text.ToString();
    }

    private void Durations(StringBuilder text)
    {
        const string name = "observability_webhook_request_duration_seconds";
        Head(text, name, "histogram", "Time from an admission request to its answer.");
        long total = 0;
        for (var i = 0; i <= Bounds.Length; i++)
        {
            total += Volatile.Read(ref _buckets[i]);
            Line(text, $"{name}_bucket{{le=\"{(i == Bounds.Length ? "+Inf" : Bounds[i].ToString(CultureInfo.InvariantCulture))}\"}}", total);
        }
        Line(text, name + "_sum", TimeSpan.FromTicks(Volatile.Read(ref _ticks)).TotalSeconds);
        Line(text, name + "_count", total);
    }

    private static string NameOf(InjectionOutcome outcome) => outcome switch
    {
        InjectionOutcome.NotAsked => "not_asked",
        InjectionOutcome.Injected => "injected",
        InjectionOutcome.Unchanged => "unchanged",
        _ => "refused",
    };

    private static void Head(StringBuilder text, string name, string type, string meaning) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {meaning}\n# TYPE {name} {type}\n");

    private static void Line(StringBuilder text, string series, double value) => text.Append(CultureInfo.InvariantCulture, $"{series} {value}\n");
}
