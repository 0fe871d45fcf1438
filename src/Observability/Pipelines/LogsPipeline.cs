using Microsoft.Extensions.DependencyInjection;
using Observability.Configuration;
using Observability.Export;
using Observability.Logs;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;

namespace Observability.Pipelines;

/// <summary>Log records from <c>ILogger</c> to OTLP; the JSON lines are a logging provider of their own.</summary>
internal static class LogsPipeline
{
    public static void Configure(IServiceProvider services, LoggerProviderBuilder builder)
    {
        var composition = services.GetRequiredService<Composition>();
        composition.ApplicationOtlp.Building(Signal.Logs);
        var logs = composition.Options.Logs;
        if (!composition.Options.Enabled || !logs.Enabled) return;

        builder.ConfigureResource(composition.Describe);
        builder.AddProcessor(services.GetRequiredService<ScopeAttributes>());
        if (!logs.KeepQueryValues) builder.AddProcessor(new QueryAttributes());
        var otlp = OtlpSettings.For(Signal.Logs, composition.Options.Otlp);
        if (!logs.Exporters.Wants(Names.Otlp, byDefault: otlp.IsConfigured)) return;
        var lane = composition.Health.Open(Signal.Logs, Names.Otlp, logs.Batch.MaxQueueSize);
        var exporter = new OtlpLogExporter(OtlpClient.Options(otlp, lane));
        // Once more, for what the application's processors have put into the record.
        if (!logs.KeepQueryValues) builder.AddLast(new QueryAttributes());
        builder.AddLast(new LogQueue(new CountingExporter<LogRecord>(exporter, lane, composition.StandsBy(Signal.Logs)), logs.Batch, lane));
        builder.AddLast(new LogExporterHome(exporter));
    }
}
