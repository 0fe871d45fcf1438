using System.Diagnostics;

if (args is ["protocol"]) Console.SetOut(Console.Error);
if (args is ["resolve"]) AppDomain.CurrentDomain.AssemblyResolve += static (_, wanted) => { Console.WriteLine("asked for " + wanted.Name); return null; };
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHostedService<Work>();
if (args is ["stderr"]) builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
if (args is ["chosen"]) builder.Logging.ClearProviders().AddConsole().AddDebug();
var host = builder.Build();
if (args is not ["built"])
{
    host.Run();
    return;
}

// Only for what is in its container.
var logger = host.Services.GetRequiredService<ILogger<Work>>();
for (var i = 0; i < 3_000; i++) logger.LogInformation("Line {Number}", i);
host.Dispose();

internal sealed class Work(ILogger<Work> logger, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly ActivitySource Source = new("Shop.Worker");

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using (Source.StartActivity("one piece of work"))
        using (logger.BeginScope(new Dictionary<string, object> { ["Batch"] = "b-1" }))
            logger.LogWarning("Worked on {Piece}", "a crate");
        Console.WriteLine("the work is done");
        lifetime.StopApplication();
        return Task.CompletedTask;
    }
}
