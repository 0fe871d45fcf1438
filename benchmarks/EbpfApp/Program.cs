using System.Globalization;

// The processes of the benchmark suite `ebpf`: EbpfApp plain|tagged. A service that asks itself by HttpClient, so that each request is a client span and a server span. A number on its
// input is so many requests; the answer is the process's CPU time in microseconds, and the bytes that it allocated, for them.
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
var telemetry = builder.Services.AddObservability();
if (args is ["tagged"]) telemetry.AddEbpfCorrelation();

await using var app = builder.Build();
app.MapGet("/item", () => "item");
await app.StartAsync();
var address = new Uri(app.Urls.Single() + "/item");
using var client = new HttpClient();

while (await Console.In.ReadLineAsync() is { } order)
{
    const int Callers = 4;
    var each = int.Parse(order, CultureInfo.InvariantCulture) / Callers;
    var (time, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
    await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
    {
        for (var i = 0; i < each; i++) await client.GetStringAsync(address);
    })));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(Environment.CpuUsage.TotalTime - time).TotalMicroseconds:0} {GC.GetTotalAllocatedBytes() - bytes}"));
}
