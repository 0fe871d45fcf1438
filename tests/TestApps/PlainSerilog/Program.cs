using Serilog;

// An application that chose its log by itself.
Log.Logger = new LoggerConfiguration().WriteTo.Console(outputTemplate: "[{Level:u3}] {Message:lj}{NewLine}", formatProvider: System.Globalization.CultureInfo.InvariantCulture).CreateLogger();
var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders().AddSerilog(Log.Logger, dispose: true);
using var host = builder.Build();
await host.StartAsync();
host.Services.GetRequiredService<ILogger<Program>>().LogInformation("Item {Id} was asked for", 7);
await host.StopAsync();
