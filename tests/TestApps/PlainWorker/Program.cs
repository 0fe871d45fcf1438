using System.Diagnostics;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHostedService<Work>();
builder.Build().Run();

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
