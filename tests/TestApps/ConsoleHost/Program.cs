using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using var host = Host.CreateDefaultBuilder(args).ConfigureServices(services => services.AddObservability()).Build();
await host.StartAsync();
Job.Run(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Console"));
if (host.Services.GetRequiredService<IConfiguration>()["TestApp:End"] is not "wait" and var way)
{
    Job.End(way);
}
else
{
    await Console.Error.WriteLineAsync("waiting for a signal");
    await host.WaitForShutdownAsync();
}

await host.StopAsync();
