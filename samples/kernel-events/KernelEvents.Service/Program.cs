using System.Diagnostics;
using KernelEvents.Service;

// Service A calls B (Next:Address says where it is); B answers. Both compute prices on request. Nothing here knows of the kernel but one call.
var builder = WebApplication.CreateBuilder(args);

builder.Services.AddObservability().AddEbpfCorrelation();

builder.Services.AddHttpClient("next", client => client.BaseAddress = new Uri(builder.Configuration["Next:Address"] ?? "http://localhost"));

var app = builder.Build();
app.MapGet("/stock", () => "7 in stock");
app.MapGet("/order", async (IHttpClientFactory clients) => $"{Activity.Current?.TraceId} {await clients.CreateClient("next").GetStringAsync(new Uri("stock", UriKind.Relative))}\n");
app.MapGet("/price", () => $"{Activity.Current?.TraceId} {Prices.Compute(TimeSpan.FromMilliseconds(60)):0.00}\n");
app.Run();
