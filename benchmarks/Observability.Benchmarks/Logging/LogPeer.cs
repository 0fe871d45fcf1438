using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NLog;
using NLog.Config;
using NLog.Extensions.Logging;
using NLog.Layouts;
using NLog.Targets;
using NLog.Targets.Wrappers;
using Observability.Logging;
using Serilog;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace Observability.Benchmarks.Logging;

/// <summary>
/// A JSON logger on standard output behind <see cref="ILogger"/>. Each is set up to write the same: time, level, category, message, attributes, exception, and
/// the ids of the current span.
/// </summary>
internal static class LogPeer
{
    /// <summary>Whether a full queue makes the caller wait rather than drop, for peers that have the choice.</summary>
    private static bool Waits => Environment.GetEnvironmentVariable("LOG_PEER_WAIT") == "1";

    public static ILoggerFactory Named(string name) => LoggerFactory.Create(name switch
    {
        "ours" => Ours,
        "mel" => static logging => logging
            .Configure(static options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId)
            .AddJsonConsole(static options => options.IncludeScopes = true),
        // Serilog's events have the ids by themselves.
        "serilog" => static logging => logging.AddSerilog(
            new LoggerConfiguration().Enrich.FromLogContext().WriteTo.Console(new Serilog.Formatting.Json.JsonFormatter(renderMessage: true)).CreateLogger(), dispose: true),
        "nlog" => static logging => logging.AddNLog(static _ => NLogFactory()),
        _ => throw new ArgumentException("No such peer: " + name),
    });

    private static void Ours(ILoggingBuilder logging) => logging.AddJsonLines(static options =>
    {
        options.Service = "bench";
        options.Rendering = LineRendering.Json;
        options.WhenFull = Waits ? FullQueue.Wait : FullQueue.Drop;
        options.FullWaitMilliseconds = 60_000;
        options.ExitWaitMilliseconds = 60_000;
    });

    private static LogFactory NLogFactory()
    {
        var factory = new LogFactory();
        // What NLog.DiagnosticSource registers, which is not on every package registry.
        factory.Setup().SetupExtensions(static extensions => extensions
            .RegisterLayoutRenderer("trace", static _ => Activity.Current?.TraceId.ToHexString() ?? "")
            .RegisterLayoutRenderer("span", static _ => Activity.Current?.SpanId.ToHexString() ?? ""));
        var layout = new JsonLayout { IncludeEventProperties = true };
        foreach (var (attribute, text) in ((string, string)[])
        [
            ("time", "${longdate:universalTime=true}"), ("level", "${level}"), ("logger", "${logger}"), ("message", "${message}"),
            ("trace_id", "${trace}"), ("span_id", "${span}"), ("exception", "${exception:format=toString}"),
        ])
            layout.Attributes.Add(new JsonAttribute(attribute, text));
        var configuration = new LoggingConfiguration(factory);
        configuration.AddRuleForAllLevels(new AsyncTargetWrapper(new ConsoleTarget("console") { Layout = layout })
        {
            OverflowAction = Waits ? AsyncTargetWrapperOverflowAction.Block : AsyncTargetWrapperOverflowAction.Discard,
        });
        factory.Configuration = configuration;
        return factory;
    }
}
