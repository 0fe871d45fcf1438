using WebApi;

var builder = WebApplication.CreateBuilder(args);
Registration.Add(builder.Services, builder.Configuration["TestApp:Registration"]);
builder.Services.AddHttpClient();

var app = builder.Build();
app.MapGet("/", () => "ok");
app.MapGet("/healthz", () => "healthy");
app.MapGet("/items/{id:int}", (int id, ILogger<Program> logger) =>
{
    logger.LogInformation("Item {Id} was asked for", id);
    return $"item {id}";
});
app.MapGet("/call", async (string url, HttpClient client) => await client.GetStringAsync(new Uri(url)));
app.MapGet("/headers", (HttpRequest request) => string.Join('\n', request.Headers.Select(header => $"{header.Key.ToLowerInvariant()}: {header.Value}")));
app.MapGet("/fail", string () => throw new InvalidOperationException("the failing path"));
Telemetry.Map(app);
Hurt.Map(app);

// Tests ask for port 0 and read here which one it became.
if (app.Configuration["TestApp:AddressFile"] is { } file)
    app.Lifetime.ApplicationStarted.Register(() => { File.WriteAllText(file + ".part", app.Urls.First()); File.Move(file + ".part", file); });
app.Run();
