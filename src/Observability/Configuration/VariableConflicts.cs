using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Observability.Configuration;

/// <summary>Takes back what a variable said where it cannot stand beside the rest, which is known only once section and code have spoken.</summary>
internal sealed class VariableConflicts(IConfiguration configuration) : IPostConfigureOptions<ObservabilityOptions>
{
    public void PostConfigure(string? name, ObservabilityOptions options)
    {
        var variables = new EnvironmentVariables(configuration, options.IgnoredVariables);
        Settle(variables, "Traces:Batch", "OTEL_BSP_", options.Traces.Batch);
        Settle(variables, "Logs:Batch", "OTEL_BLRP_", options.Logs.Batch);
        (options.Otlp.ClientCertificate, options.Otlp.ClientKey) = Pair(variables, "", options.Otlp.ClientCertificate, options.Otlp.ClientKey);
        foreach (var (signal, own) in new[] { ("TRACES_", options.Otlp.Traces), ("METRICS_", options.Otlp.Metrics), ("LOGS_", options.Otlp.Logs) })
            (own.ClientCertificate, own.ClientKey) = Pair(variables, signal, own.ClientCertificate, own.ClientKey);
    }

    private void Settle(EnvironmentVariables variables, string path, string prefix, BatchOptions batch)
    {
        if (batch.MaxExportBatchSize <= batch.MaxQueueSize) return;
        var sizeInSection = InSection(path + ":" + nameof(batch.MaxExportBatchSize));
        if (!sizeInSection && Says(variables, prefix + "MAX_EXPORT_BATCH_SIZE", batch.MaxExportBatchSize) is { } size)
        {
            variables.Report(prefix + "MAX_EXPORT_BATCH_SIZE", size, string.Create(CultureInfo.InvariantCulture, $"{batch.MaxQueueSize} at most, the size of the queue"));
            batch.MaxExportBatchSize = BatchOptions.DefaultMaxExportBatchSize;
        }
        // A size that nobody chose follows the queue.
        if (!sizeInSection && batch.MaxExportBatchSize == BatchOptions.DefaultMaxExportBatchSize) batch.MaxExportBatchSize = Math.Clamp(batch.MaxQueueSize, 1, batch.MaxExportBatchSize);
        else if (!InSection(path + ":" + nameof(batch.MaxQueueSize)) && Says(variables, prefix + "MAX_QUEUE_SIZE", batch.MaxQueueSize) is { } queue)
        {
            variables.Report(prefix + "MAX_QUEUE_SIZE", queue, string.Create(CultureInfo.InvariantCulture, $"{batch.MaxExportBatchSize} at least, the size of a batch"));
            batch.MaxQueueSize = BatchOptions.DefaultMaxQueueSize;
        }
    }

    private static (string? Certificate, string? Key) Pair(EnvironmentVariables variables, string signal, string? certificate, string? key)
    {
        var prefix = "OTEL_EXPORTER_OTLP_" + signal;
        if (key is null && IsHalf(variables, prefix + "CLIENT_CERTIFICATE", certificate, prefix + "CLIENT_KEY")) return default;
        if (certificate is null && IsHalf(variables, prefix + "CLIENT_KEY", key, prefix + "CLIENT_CERTIFICATE")) return default;
        if (certificate is null || key is null || !PemFiles.AreApart(certificate, key)) return (certificate, key);
        var ofVariable = (Certificate: variables.Text(prefix + "CLIENT_CERTIFICATE") == certificate, Key: variables.Text(prefix + "CLIENT_KEY") == key);
        if (ofVariable.Key) variables.Report(prefix + "CLIENT_KEY", key, "the key of the client's certificate");
        else if (ofVariable.Certificate) variables.Report(prefix + "CLIENT_CERTIFICATE", certificate, "the certificate of the client's key");
        return (ofVariable.Certificate ? null : certificate, ofVariable.Key ? null : key);
    }

    private static bool IsHalf(EnvironmentVariables variables, string name, string? value, string other)
    {
        if (value is null || variables.Text(name) != value) return false;
        variables.Report(name, value, "a file beside that of " + other);
        return true;
    }

    /// <summary>The variable's text, where it is what the setting has come to.</summary>
    private static string? Says(EnvironmentVariables variables, string name, int value) =>
        variables.Text(name) is { } text && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number == value ? text : null;

    private bool InSection(string path) => configuration[ObservabilityOptions.SectionName + ConfigurationPath.KeyDelimiter + path] is not null;
}
