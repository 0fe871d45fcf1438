var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddObservability();
builder.Services.AddHostedService<Worker.Worker>();
builder.Build().Run();
