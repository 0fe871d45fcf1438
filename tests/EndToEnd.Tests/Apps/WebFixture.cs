using OtlpReceiver;

namespace EndToEnd.Tests.Apps;

/// <summary>A web application with every default, sending to a receiver, shared by the tests of one class.</summary>
public class WebFixture : IAsyncLifetime
{
    private RunningApp? _app;
    private Receiver? _receiver;

    internal RunningApp App => _app!;

    public Receiver Receiver
    {
        get
        {
            Skip.IfNot(Receiver.IsAvailable, "the official OTLP .proto files were not there at build time (build/opentelemetry-proto.sh gets them on Debian)");
            return _receiver!;
        }
    }

    /// <summary>Settings besides the endpoint.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>();

    protected virtual string AppName => "WebApi";

    public async Task InitializeAsync()
    {
        // A fixture cannot skip; the tests do, when they ask for the receiver.
        if (!Receiver.IsAvailable) return;
        _receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(_receiver);
        foreach (var (name, value) in Settings) environment[name] = value;
        _app = await RunningApp.StartWeb(TestApp.Of(AppName), environment);
    }

    public async Task DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_receiver is not null) await _receiver.DisposeAsync();
    }
}
