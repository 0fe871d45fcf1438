using System.Diagnostics;
using System.Text.Json;
using ChainService;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Observability.Sampling;
using OpenTelemetry;
using OpenTelemetry.Trace;

// A service between others: answers HTTP, calls the next service if there is one, prints every sampled span as a JSON line.
// Configuration: Next = the next service's address; Observability:Sampling = its policies.
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
var app = builder.Build();

using var provider = Sdk.CreateTracerProviderBuilder()
    .AddSource("Microsoft.AspNetCore", "System.Net.Http")
    .AddSamplingPolicies(app.Configuration.GetSection(SamplingOptions.SectionName))
    .AddProcessor(new SpanPrinter())
    .Build();

using var client = new HttpClient();
var next = app.Configuration["Next"];
app.MapFallback(async context =>
{
    if (next is not null) await client.GetStringAsync(new Uri(next + context.Request.Path));
    await context.Response.WriteAsync(Activity.Current?.TraceId.ToHexString() ?? "");
});
await app.StartAsync();
var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
Console.WriteLine(JsonSerializer.Serialize(new { listening = address }));
await app.WaitForShutdownAsync();
