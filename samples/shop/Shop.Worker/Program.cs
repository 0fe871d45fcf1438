using Shop.Data;
using Shop.Worker;

var builder = Host.CreateApplicationBuilder(args);

builder.Services.AddObservability();

builder.Services.AddShopDatabase(builder.Configuration);
builder.Services.AddSingleton<PackingMetrics>();
builder.Services.AddScoped<PackingTable>();
builder.Services.AddHostedService<OutboxPoller>();
builder.Build().Run();
