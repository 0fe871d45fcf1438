namespace PipelineApp.Server;

/// <summary>A minimal API, alike in every variant but for the telemetry.</summary>
internal static class MeasuredServer
{
    public static async Task Run(string variant, int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        // What the project templates write into appsettings.json.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // The host's own debug, event-source and console providers are nobody's telemetry: every variant starts with none.
        builder.Logging.ClearProviders();
        switch (variant)
        {
            case "bare": break;
            case "ours": builder.Services.AddObservability(); break;
            case "hand": HandWired.Add(builder); break;
            default: throw new ArgumentException("The variants are bare, ours and hand.", nameof(variant));
        }

        var app = builder.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("PipelineApp.Server.Items");
        app.MapGet("/quiet/{id}", (int id) => "item");
        app.MapGet("/logging/{id}", (int id) =>
        {
            ServerLog.ItemRead(log, id, "warehouse");
            return "item";
        });
        // Not an endpoint, so that asking leaves no route of its own behind.
        app.Use((context, next) => context.Request.Path == "/usage" ? context.Response.WriteAsync(Usage.Now().ToString()) : next(context));
        await app.RunAsync();
    }
}
