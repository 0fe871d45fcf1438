using Microsoft.Extensions.Options;
using Observability.Prometheus.Filtering;
using Observability.Prometheus.Naming;

namespace Observability.Prometheus;

/// <summary>Checks <see cref="PrometheusOptions"/> and names every fault at once: what, where, remedy.</summary>
public sealed class PrometheusOptionsValidator : IValidateOptions<PrometheusOptions>
{
    private const string Section = "Observability:Prometheus";

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, PrometheusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new List<string>();
        CheckExposition(options, faults);
        CheckListener(options.Listener, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckExposition(PrometheusOptions options, List<string> faults)
    {
        if (!Enum.IsDefined(options.TranslationStrategy))
            faults.Add(Fault("TranslationStrategy", options.TranslationStrategy, "use one of " + string.Join(", ", Enum.GetNames<PrometheusTranslationStrategy>())));
        foreach (var label in options.ConstantLabels.Keys)
        {
            if (!NameEscaper.IsLegacyLabel(label) || label.StartsWith("__", StringComparison.Ordinal))
                faults.Add(Fault("ConstantLabels", label, "use letters, digits and underscores, not beginning with a digit or two underscores"));
            else if (label is "le" or "quantile")
                faults.Add(Fault("ConstantLabels", label, "histograms and summaries need this label; use another name"));
        }
        CheckSelectors("Keep", options.Keep, faults);
        CheckSelectors("Drop", options.Drop, faults);
        foreach (var quantile in options.Quantiles ?? [])
        {
            if (quantile is not (>= 0 and <= 1)) faults.Add(Fault("Quantiles", quantile, "use numbers from 0 to 1"));
        }
        CheckRange("ScrapeTimeout", options.ScrapeTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), faults);
        CheckRange("MaxConcurrentScrapes", options.MaxConcurrentScrapes, 1, 1024, faults);
    }

    private static void CheckListener(PrometheusListenerOptions listener, List<string> faults)
    {
        if (!ListenAddress.TryParse(listener.Host, out _)) faults.Add(Fault("Listener:Host", listener.Host, "use localhost, * or an IP address"));
        CheckRange("Listener:Port", listener.Port, 0, 65535, faults);
        if (listener.Path is not ['/', ..] || listener.Path.AsSpan().IndexOfAny("?# ") >= 0)
            faults.Add(Fault("Listener:Path", listener.Path, "use a path that begins with / and has no query"));
        if (listener.CertificateKeyPath is not null && listener.CertificatePath is null)
            faults.Add(Fault("Listener:CertificateKeyPath", listener.CertificateKeyPath, "set CertificatePath as well"));
        foreach (var (setting, path) in new[] { ("CertificatePath", listener.CertificatePath), ("CertificateKeyPath", listener.CertificateKeyPath) })
        {
            if (path is not null && !File.Exists(path)) faults.Add(Fault("Listener:" + setting, path, "name a PEM file that exists"));
        }
        if (listener.Username is null != listener.Password is null)
            faults.Add(Fault("Listener:Username", listener.Username, "set Username and Password together, or neither"));
        if (listener.Username?.Contains(':', StringComparison.Ordinal) == true)
            faults.Add(Fault("Listener:Username", listener.Username, "basic authentication allows no colon in it"));
        CheckRange("Listener:MaxConnections", listener.MaxConnections, 1, 4096, faults);
        CheckRange("Listener:MaxHeaderBytes", listener.MaxHeaderBytes, 1024, 1 << 20, faults);
        CheckRange("Listener:HeaderTimeout", listener.HeaderTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), faults);
        CheckRange("Listener:WriteTimeout", listener.WriteTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), faults);
        CheckRange("Listener:KeepAliveTimeout", listener.KeepAliveTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), faults);
    }

    private static void CheckSelectors(string setting, string[] lines, List<string> faults)
    {
        foreach (var line in lines)
        {
            if (!SeriesSelector.TryParse(line, out _, out var fault))
                faults.Add(Fault(setting, line, fault + "; write metric or metric{label=value}"));
        }
    }

    private static void CheckRange<T>(string setting, T value, T low, T high, List<string> faults)
        where T : IComparable<T>
    {
        if (value.CompareTo(low) < 0 || value.CompareTo(high) > 0) faults.Add(Fault(setting, value, $"use {low} to {high}"));
    }

    private static string Fault(string setting, object? value, string remedy) => $"{Section}:{setting} is \"{value}\": {remedy}.";
}
