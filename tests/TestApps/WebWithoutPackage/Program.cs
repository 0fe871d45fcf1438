var builder = WebApplication.CreateBuilder(args);
builder.Services.AddObservability();

var app = builder.Build();
app.MapGet("/items/{id:int}", (int id, ILogger<Program> logger) =>
{
    logger.LogInformation("Item {Id} was asked for", id);
    return $"item {id}";
});

// Tests ask for port 0 and read here which one it became.
if (app.Configuration["TestApp:AddressFile"] is { } file)
    app.Lifetime.ApplicationStarted.Register(() => { File.WriteAllText(file + ".part", app.Urls.First()); File.Move(file + ".part", file); });
app.Run();
