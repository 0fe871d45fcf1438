using System;
using System.Collections.Generic;
using Serilog;
using Serilog.Context;
using Serilog.Core;
using Serilog.Events;

public static class Use
{
    private sealed class Sink : ILogEventSink
    {
        public readonly List<string> Lines = [];
        public void Emit(LogEvent line) => Lines.Add($"{line.Level} {line.RenderMessage(System.Globalization.CultureInfo.InvariantCulture)} {string.Join(',', line.Properties.Keys)} {line.Exception?.Message}");
    }

    public static string Run()
    {
        var sink = new Sink();
        using var log = new LoggerConfiguration().MinimumLevel.Debug().Enrich.FromLogContext().Enrich.WithProperty("app", "shop").Filter.ByExcluding(line => line.Level == LogEventLevel.Warning).WriteTo.Sink(sink).CreateLogger();
        using (LogContext.PushProperty("scope", 1)) log.Information("Order {Id} of {@Customer} at {When:yyyy}", 5, new { Name = "Ann", Tags = new[] { 1, 2 } }, new DateTime(2024, 1, 1));
        log.Warning("filtered");
        log.Error(new InvalidOperationException("broken"), "failed {Count} times", 3);
        log.ForContext("more", true).Debug("{A} {B} {0}", "x", null, "z");
        log.Verbose("below");
        return string.Join('\n', sink.Lines);
    }
}
