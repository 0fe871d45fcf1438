using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Observability.Export;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace Observability.Tests.Export;

public sealed class OtlpHeaderExportTests : IDisposable
{
    private readonly CountingCollector _collector = new();

    [Theory]
    [InlineData("x-list=a%2Cb", "a,b")]
    [InlineData("x-list=a,x-list=b", "a,b")]
    [InlineData("X-List=a%2520%3D,api-key=1", "a%20=")]
    public void Headers_reach_the_collector_as_they_were_encoded(string headers, string expected)
    {
        using var exporter = Exporter(new OtlpOptions { Endpoint = _collector.Address.AbsoluteUri, Protocol = "http/protobuf", Headers = headers });
        using var span = new Activity("work").Start();
        span.Stop();
        Assert.Equal(ExportResult.Success, exporter.Export(new Batch<Activity>([span], 1)));
        Assert.Equal(expected, _collector.LastHeaders["x-list"]!.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Headers_reach_a_collector_that_speaks_gRPC_too()
    {
        var arrived = "";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        await using var app = builder.Build();
        app.Run(context =>
        {
            arrived = context.Request.Headers["x-list"].ToString();
            return Task.CompletedTask;
        });
        await app.StartAsync();

        using var exporter = Exporter(new OtlpOptions { Endpoint = app.Urls.First(), Headers = "x-list=a%2Cb" });
        using var span = new Activity("work").Start();
        span.Stop();
        exporter.Export(new Batch<Activity>([span], 1));
        Assert.Equal("a,b", arrived);
    }

    public void Dispose() => _collector.Dispose();

    private static OtlpTraceExporter Exporter(OtlpOptions options) =>
        new(OtlpClient.Options(OtlpSettings.For(Signal.Traces, options), new ExportLane(Signal.Traces, "otlp", capacity: 0, (_, _, _) => { }, _ => { })));
}
