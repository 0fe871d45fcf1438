using System.Diagnostics;

namespace WebApi;

/// <summary>Values that break careless telemetry.</summary>
internal static class Hurt
{
    private static readonly string Large = new('x', 1024 * 1024);

    public static void Map(WebApplication app)
    {
        app.MapGet("/hurt/large", (ILogger<Program> logger) =>
        {
            Activity.Current?.SetTag("large", Large);
            logger.LogInformation("Large {Value}", Large);
            return "ok";
        });
        app.MapGet("/hurt/surrogates", (ILogger<Program> logger) =>
        {
            Activity.Current?.SetTag("lone", "a\ud800b\udc00").SetTag("k\ud800", "key");
            logger.LogInformation("Lone {Value}", "a\ud800b\udc00");
            return "ok";
        });
        app.MapGet("/hurt/tag", () =>
        {
            Activity.Current?.SetTag("throwing", new Throwing()).SetTag("throwing.list", new object[] { new Throwing() });
            return "ok";
        });
        app.MapGet("/hurt/log-value", (ILogger<Program> logger) =>
        {
            // The formatter of this message runs the value's own code, in the application's call.
            logger.LogInformation("Throwing {Value}", new Throwing());
            return "ok";
        });
        app.MapGet("/hurt/log-state", (ILogger<Program> logger) =>
        {
            logger.Log(LogLevel.Information, default, new ThrowingState(), null, static (_, _) => "state");
            logger.Log(LogLevel.Information, default, "state", null, static (_, _) => throw new InvalidOperationException("the formatter threw"));
            return "ok";
        });
        app.MapGet("/hurt/scope", (ILogger<Program> logger) =>
        {
            using (logger.BeginScope(new ThrowingState()))
                logger.LogInformation("In a throwing scope");
            return "ok";
        });
    }
}
