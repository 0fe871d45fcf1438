using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Observability.Tests.Hosting;

[Collection(Alone.Name)]
public class ProcessEndTests
{
    private readonly string _name = "Test." + Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData("http://127.0.0.1:1", null)]
    [InlineData("http://127.0.0.1:1", "api-key=secretvalue")]
    public void What_is_lost_at_the_end_is_told_for_each_signal_before_the_log_ends(string endpoint, string? headers)
    {
        using var log = new LogUntilDisposed();
        using (var telemetry = ObservabilitySdk.Start(
            options =>
            {
                (options.Otlp.Endpoint, options.Otlp.Protocol, options.Otlp.Headers) = (endpoint, "http/protobuf", headers);
                options.Logs.Json = options.Prometheus.Enabled = false;
            },
            builder => builder.Services.AddSingleton<ILoggerProvider>(_ => log)))
        {
            using var source = new ActivitySource(_name);
            using var meter = new Meter(_name);
            source.StartActivity("work")?.Dispose();
            meter.CreateCounter<int>("work").Add(1);
            telemetry.LoggerFactory.CreateLogger(_name).LogInformation("work");
        }
        foreach (var signal in new[] { "traces", "metrics", "logs" })
            Assert.Contains(log.Lines, line => line.StartsWith("OBS1001: ", StringComparison.Ordinal) && line.Contains($" items of {signal} ", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("secretvalue", StringComparison.Ordinal));
    }

    private sealed class LogUntilDisposed : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private volatile bool _disposed;

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose() => _disposed = true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!_disposed) _lines.Enqueue(formatter(state, exception));
        }
    }
}
