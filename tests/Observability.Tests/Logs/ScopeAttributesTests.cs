using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observability.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Observability.Tests.Logs;

public sealed class ScopeAttributesTests : IDisposable
{
    private readonly Basket _records = new();

    [Fact]
    public void The_fields_that_a_record_has_of_itself_are_no_attributes()
    {
        Log(ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId | ActivityTrackingOptions.ParentId | ActivityTrackingOptions.TraceFlags | ActivityTrackingOptions.TraceState);
        Assert.Equal(["Tenant", "TraceState"], _records.Names);
    }

    [Fact]
    public void A_scope_of_the_applications_may_use_their_names()
    {
        Log(ActivityTrackingOptions.None, new KeyValuePair<string, object?>("TraceId", "another"));
        Assert.Equal(["Tenant", "TraceId"], _records.Names);
    }

    public void Dispose() => _records.Dispose();

    private void Log(ActivityTrackingOptions tracked, params KeyValuePair<string, object?>[] scope)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddObservability(options => options.Logs.Json = false).WithLogging(logging => logging.AddProcessor(_records));
        services.AddLogging(logging => logging.Configure(options => options.ActivityTrackingOptions = tracked));
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<Telemetry>().Start();
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("Scopes");
        using var activity = new Activity("work") { TraceStateString = "k=v" }.Start();
        using (logger.BeginScope(scope))
        using (logger.BeginScope(new Dictionary<string, object?> { ["Tenant"] = "acme" }))
            logger.LogInformation("work");
    }

    private sealed class Basket : BaseProcessor<LogRecord>
    {
        public IReadOnlyList<string> Names { get; private set; } = [];

        public override void OnEnd(LogRecord data)
        {
            if (data.CategoryName == "Scopes") Names = [.. data.Attributes!.Select(attribute => attribute.Key).Where(key => key != "{OriginalFormat}").Order(StringComparer.Ordinal)];
        }
    }
}
