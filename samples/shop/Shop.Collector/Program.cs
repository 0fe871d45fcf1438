using Shop.Collector;
using Shop.Collector.Wire;

// Stands in for a real collector and its trace store (the OpenTelemetry Collector, Jaeger, Tempo, ...), so that the demo
// needs nothing but the SDK. It speaks OTLP over HTTP, keeps the latest traces in memory and shows them as text.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRequestDecompression();
builder.Services.AddSingleton<TraceStore>();

var app = builder.Build();
app.UseRequestDecompression();

app.MapPost("/v1/traces", async (HttpRequest request, TraceStore store) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body);
    foreach (var span in OtlpTraces.Read(body.ToArray())) store.Add(span);
});
// The demo reads metrics from Prometheus and logs from the processes' own output.
app.MapPost("/v1/metrics", (HttpRequest request) => request.Body.CopyToAsync(Stream.Null));
app.MapPost("/v1/logs", (HttpRequest request) => request.Body.CopyToAsync(Stream.Null));

app.MapGet("/", (TraceStore store) => TraceText.List(store.Latest(50)));
app.MapGet("/traces/{id}", (string id, string? services, TraceStore store) =>
{
    var trace = store.Find(id);
    return trace is not null && trace.HasAll(services?.Split(',') ?? []) ? Results.Text(TraceText.Tree(trace)) : Results.NotFound();
});
app.Run();
