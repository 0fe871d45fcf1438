using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

/// <summary>Work whose every span, log line and measurement a test counts at the receiver.</summary>
internal static class Job
{
    private const int Steps = 700;

    private static readonly ActivitySource Source = new("Job");
    private static readonly Meter Meter = new("Job");
    private static readonly Counter<long> Done = Meter.CreateCounter<long>("job.steps", "{step}", "Steps done.");

    public static void Run(ILogger logger)
    {
        using var job = Source.StartActivity("job");
        for (var i = 0; i < Steps; i++)
        {
            using var step = Source.StartActivity("step");
            step?.SetTag("index", i);
            logger.LogInformation("Step {Index}", i);
            Done.Add(1);
        }
    }

    /// <summary>The ways in which processes end.</summary>
    public static void End(string? way)
    {
        switch (way)
        {
            case "exit":
                Environment.Exit(7);
                break;
            case "crash":
                var crashing = new Thread(() => throw new InvalidOperationException("the crash"));
                crashing.Start();
                crashing.Join();
                break;
            case "wait":
                Console.Error.WriteLine("waiting for a signal");
                Thread.Sleep(Timeout.Infinite);
                break;
        }
    }
}
