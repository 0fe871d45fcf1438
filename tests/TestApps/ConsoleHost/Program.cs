using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using var host = Host.CreateDefaultBuilder(args).ConfigureServices(services => services.AddObservability()).Build();
await host.StartAsync();
Job.Run(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Console"));
Job.End(host.Services.GetRequiredService<IConfiguration>()["TestApp:End"]);
await host.StopAsync();
