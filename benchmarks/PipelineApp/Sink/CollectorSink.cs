namespace PipelineApp.Sink;

/// <summary>
/// A collector that answers 200 and counts. Each server exports below a path of its own, /{server}/v1/{signal};
/// GET /{server} tells "spans records bytes".
/// </summary>
internal static class CollectorSink
{
    public static async Task Run(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var received = new Received();
        app.Run(async context =>
        {
            var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (path is [var server]) await context.Response.WriteAsync(received.Of(server));
            else if (path is [var sender, "v1", var signal])
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                received.Add(sender, signal, body.GetBuffer().AsSpan(0, (int)body.Length));
            }
        });
        await app.RunAsync();
    }
}
