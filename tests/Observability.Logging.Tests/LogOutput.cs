using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

/// <summary>A logger factory whose JSON lines end in memory.</summary>
internal sealed class LogOutput : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly JsonLinesOptions _options;
    private bool _isDisposed;

    public LogOutput(Action<JsonLinesOptions>? configure = null, TimeProvider? time = null, LineSink? sink = null)
    {
        Sink = sink ?? new MemorySink();
        var services = new ServiceCollection();
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Trace).AddJsonLines(options =>
            {
                options.Service = "api";
                options.Rendering = LineRendering.Json;
                configure?.Invoke(options);
            });
            logging.Services.AddSingleton<ILoggerProvider>(provider =>
                Provider = new JsonLinesLoggerProvider(provider.GetRequiredService<LiveOptions>(), time ?? TimeProvider.System, (_, _) => Sink));
            // The one that AddJsonLines registers writes to the test runner's output.
            logging.Services.Remove(logging.Services.First(service => service.ServiceType == typeof(ILoggerProvider)));
        });
        _services = services.BuildServiceProvider();
        Factory = _services.GetRequiredService<ILoggerFactory>();
        Logger = Factory.CreateLogger("Shop.Orders");
        _options = _services.GetRequiredService<LiveOptions>().Current;
    }

    public ILoggerFactory Factory { get; }

    public ILogger Logger { get; }

    public LineSink Sink { get; }

    public JsonLinesLoggerProvider Provider { get; private set; } = null!;

    /// <summary>All that was written, without what the test does not want to end: the factory stays usable.</summary>
    public string Text()
    {
        Assert.True(Provider.Flush(10_000), "The lines were not written in time.");
        return Encoding.UTF8.GetString(((MemorySink)Sink).ToArray());
    }

    public string[] Lines() => Text().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Every line, strictly parsed: one object, no key twice, no trailing comma.</summary>
    public JsonElement[] Json() => Lines().Select(Parse).ToArray();

    public JsonElement One() => Assert.Single(Json());

    public static JsonElement Parse(string line) =>
        JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;

    /// <summary>Ends the logger; then the judges look at every line of every test that writes JSON.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _services.Dispose();
        if (_options.Rendering != LineRendering.Json || Sink is not MemorySink sink) return;
        var text = Encoding.UTF8.GetString(sink.ToArray());
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Judges.Accept(string.Join('\n', lines.DistinctBy(WithoutTime)), _options.MaxLineBytes + 1);
    }

    /// <summary>Some tests write one line a million times.</summary>
    private static string WithoutTime(string line) => line.IndexOf('Z', StringComparison.Ordinal) is var end and > 0 and < 64 ? line[end..] : line;
}
