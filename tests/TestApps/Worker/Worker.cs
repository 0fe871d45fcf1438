namespace Worker;

internal sealed class Worker(ILogger<Worker> logger, IConfiguration configuration, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        Job.Run(logger);
        switch (configuration["TestApp:End"])
        {
            case "wait":
                await Console.Error.WriteLineAsync("waiting for a signal");
                await Task.Delay(Timeout.Infinite, stoppingToken);
                break;
            case "throw":
                throw new InvalidOperationException("the worker threw");
            case "return":
                lifetime.StopApplication();
                break;
            case var way:
                Job.End(way);
                break;
        }
    }
}
