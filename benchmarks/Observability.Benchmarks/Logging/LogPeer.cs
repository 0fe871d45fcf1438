using Microsoft.Extensions.Logging;
using NLog.Config;
using NLog.Layouts;
using NLog.Targets;
using NLog.Targets.Wrappers;
using Observability.Logging;
using Serilog;

namespace Observability.Benchmarks.Logging;

/// <summary>A JSON logger on standard output, called as its own users call it.</summary>
internal abstract class LogPeer : IDisposable
{
    public static LogPeer Named(string name) => name switch
    {
        "ours" => new ByLoggerMessage(logging => logging.AddJsonLines(options =>
        {
            options.Service = "bench";
            options.Rendering = LineRendering.Json;
            options.WhenFull = Environment.GetEnvironmentVariable("LOG_PEER_WAIT") == "1" ? FullQueue.Wait : FullQueue.Drop;
            options.FullWaitMilliseconds = 60_000;
            options.ExitWaitMilliseconds = 60_000;
        })),
        "mel" => new ByLoggerMessage(logging => logging.AddJsonConsole(options => options.IncludeScopes = true)),
        "serilog" => new ByLoggerMessage(logging => logging.AddSerilog(
            new LoggerConfiguration().Enrich.FromLogContext().WriteTo.Console(new Serilog.Formatting.Json.JsonFormatter(renderMessage: true)).CreateLogger(), dispose: true)),
        "nlog" => new ByNLog(),
        _ => throw new ArgumentException("No such peer: " + name),
    };

    public abstract void None();

    public abstract void Three(int id, string method, double seconds);

    public abstract void Error(Exception exception);

    public abstract void Dispose();

    private sealed class ByLoggerMessage(Action<ILoggingBuilder> add) : LogPeer
    {
        private static readonly Action<Microsoft.Extensions.Logging.ILogger, Exception?> s_none = LoggerMessage.Define(LogLevel.Information, new EventId(1), "Request processed");
        private static readonly Action<Microsoft.Extensions.Logging.ILogger, int, string, double, Exception?> s_three =
            LoggerMessage.Define<int, string, double>(LogLevel.Information, new EventId(2), "Request {Id} {Method} took {Seconds}");
        private static readonly Action<Microsoft.Extensions.Logging.ILogger, Exception?> s_error = LoggerMessage.Define(LogLevel.Error, new EventId(3), "Request failed");

        private readonly ILoggerFactory _factory = LoggerFactory.Create(add);
        private Microsoft.Extensions.Logging.ILogger? _logger;

        private Microsoft.Extensions.Logging.ILogger Logger => _logger ??= _factory.CreateLogger("Shop.Orders.Controller");

        public override void None() => s_none(Logger, null);

        public override void Three(int id, string method, double seconds) => s_three(Logger, id, method, seconds, null);

        public override void Error(Exception exception) => s_error(Logger, exception);

        public override void Dispose() => _factory.Dispose();
    }

    private sealed class ByNLog : LogPeer
    {
        private readonly NLog.LogFactory _factory = new();
        private readonly NLog.Logger _logger;

        public ByNLog()
        {
            var layout = new JsonLayout { IncludeEventProperties = true };
            layout.Attributes.Add(new JsonAttribute("time", "${longdate:universalTime=true}"));
            layout.Attributes.Add(new JsonAttribute("level", "${level}"));
            layout.Attributes.Add(new JsonAttribute("logger", "${logger}"));
            layout.Attributes.Add(new JsonAttribute("message", "${message}"));
            layout.Attributes.Add(new JsonAttribute("exception", "${exception:format=toString}"));
            var console = new ConsoleTarget("console") { Layout = layout };
            var overflow = Environment.GetEnvironmentVariable("LOG_PEER_WAIT") == "1" ? AsyncTargetWrapperOverflowAction.Block : AsyncTargetWrapperOverflowAction.Discard;
            var configuration = new LoggingConfiguration(_factory);
            configuration.AddRuleForAllLevels(new AsyncTargetWrapper(console) { OverflowAction = overflow });
            _factory.Configuration = configuration;
            _logger = _factory.GetLogger("Shop.Orders.Controller");
        }

        public override void None() => _logger.Info("Request processed");

        public override void Three(int id, string method, double seconds) => _logger.Info("Request {Id} {Method} took {Seconds}", id, method, seconds);

        public override void Error(Exception exception) => _logger.Error(exception, "Request failed");

        public override void Dispose() => _factory.Shutdown();
    }
}
