using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

// An application that knows nothing of telemetry, with the usual things that one does.
using var reload = args is not ["reload"] ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
{
    signal.Cancel = true;
    Console.WriteLine("PlainWeb reloads");
});
var builder = args is ["slim"] ? WebApplication.CreateSlimBuilder(args) : WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddSignalR();
builder.Services.AddSingleton<HttpClient>();
builder.Services.AddHostedService<Warmup>();

var app = builder.Build();
app.MapGet("/items/{id:int}", (int id, ILogger<Program> logger) =>
{
    logger.LogWarning("Item {Id} was asked for", id);
    return $"item {id}";
});
app.MapGet("/call", async (HttpClient client) => await client.GetStringAsync($"{app.Urls.First()}/items/1"));
app.MapGet("/forward", async (HttpClient client, string to) => await client.GetStringAsync(to));
app.MapGet("/fails", string () => throw new InvalidOperationException("this request fails"));
app.MapControllers();
app.MapHub<ChatHub>("/chat");

Console.WriteLine("PlainWeb starts");
app.Lifetime.ApplicationStopped.Register(() => Console.WriteLine("PlainWeb has stopped"));
// Tests ask for port 0 and read here which one it became.
if (app.Configuration["TestApp:AddressFile"] is { } file)
    app.Lifetime.ApplicationStarted.Register(() => { File.WriteAllText(file + ".part", app.Urls.First()); File.Move(file + ".part", file); });
app.Run();

/// <summary>Work that happens while the application starts.</summary>
internal sealed class Warmup : IHostedService
{
    private static readonly ActivitySource Source = new("Shop.Warmup");
    private static readonly Counter<long> Runs = new Meter("Shop.Warmup").CreateCounter<long>("shop.warmups");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        using var activity = Source.StartActivity("warm up");
        Runs.Add(1);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
