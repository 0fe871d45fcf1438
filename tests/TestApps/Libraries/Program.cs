using System.Diagnostics;
using Libraries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
#if !UNAWARE
builder.Services.AddObservability();
#endif
using var host = builder.Build();
await host.StartAsync();

// One span around each library's work, so that a test can ask what came to be under it.
using var source = new ActivitySource("Libraries");
var configuration = host.Services.GetRequiredService<IConfiguration>();
foreach (var name in (configuration["TestApp:Use"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
{
    using var activity = source.StartActivity(name);
    await (name switch
    {
        "npgsql" => PostgresWork.Run(configuration["TestApp:Postgres"]!),
        "sqlite" => SqliteWork.Run(),
        "sqlclient" => SqlServerWork.Run(configuration["TestApp:SqlServer"]!),
        "quartz" => QuartzWork.Run(),
        "rabbitmq" => RabbitWork.Run(configuration["TestApp:Rabbit"]!),
        "masstransit" => MassTransitWork.Run(configuration["TestApp:Rabbit"]!),
        _ => throw new InvalidOperationException(name),
    });
}

await host.StopAsync();
