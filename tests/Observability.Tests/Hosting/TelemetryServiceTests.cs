using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Observability.Tests.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.Tests.Hosting;

[Collection(Alone.Name)]
public sealed class TelemetryServiceTests : IDisposable
{
    private const int PackageMissing = 1003;

    private readonly string _name = "Test." + Guid.NewGuid().ToString("N");
    private readonly Basket _spans = new();

    [Fact]
    public async Task The_host_from_before_the_generic_one_starts_it_too()
    {
#pragma warning disable ASPDEPR008 // The host before the generic one is what this is about.
        using var host = WebHost.CreateDefaultBuilder()
            .UseUrls("http://127.0.0.1:0")
            .ConfigureServices(Add)
            .Configure(_ => { })
            .Build();
#pragma warning restore ASPDEPR008
        await host.StartAsync();
        using var source = new ActivitySource(_name);
        source.StartActivity("work")?.Dispose();
        await host.StopAsync();
        Assert.Contains("work", _spans.Ended);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_web_application_without_the_package_is_told_wherever_the_call_stands(bool before)
    {
        using var raised = new RaisedDiagnostics();
        var builder = Host.CreateDefaultBuilder();
        if (before) builder.ConfigureServices(Add);
        builder.ConfigureWebHostDefaults(web => web.UseUrls("http://127.0.0.1:0").Configure(_ => { }));
        if (!before) builder.ConfigureServices(Add);
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
        Assert.Single(raised.Ids, PackageMissing);
    }

    [Fact]
    public async Task Another_application_is_not_told_of_a_package_for_the_web()
    {
        using var raised = new RaisedDiagnostics();
        using var host = Host.CreateDefaultBuilder().ConfigureServices(Add).Build();
        await host.StartAsync();
        await host.StopAsync();
        Assert.DoesNotContain(PackageMissing, raised.Ids);
    }

    /// <summary>.NET calls the latest handler first, and goes on to the others whatever it says.</summary>
    [SkippableTheory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_hangup_that_an_application_takes_for_itself_before_its_host_starts_delivers_nothing(bool takes, bool delivers)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no POSIX signals");
        var (isAsked, isOver) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var last = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            isOver.TrySetResult();
        });
        var builder = Host.CreateDefaultBuilder();
        builder.ConfigureServices(Add);
        using var host = builder.Build();
        using var reload = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = takes;
            isAsked.TrySetResult();
        });
        await host.StartAsync();

        using var kill = Process.Start("kill", ["-HUP", Environment.ProcessId.ToString()]);

        await isAsked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await isOver.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(delivers, _spans.IsFlushed);
        await host.StopAsync();
    }

    public void Dispose() => _spans.Dispose();

    private void Add(IServiceCollection services) => services
        .AddObservability(options => options.Logs.Json = options.Prometheus.Enabled = false)
        .WithTracing(tracing => tracing.AddProcessor(_spans));

    private sealed class Basket : BaseProcessor<Activity>
    {
        private readonly ConcurrentQueue<string> _ended = new();

        public IReadOnlyCollection<string> Ended => _ended;

        public bool IsFlushed { get; private set; }

        public override void OnEnd(Activity data) => _ended.Enqueue(data.OperationName);

        protected override bool OnForceFlush(int timeoutMilliseconds) => IsFlushed = true;
    }
}
