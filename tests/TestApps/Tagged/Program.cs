using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

// Tagged MAPS URL COUNT: asks COUNT times. Tagged MAPS burn COUNT: computes under COUNT spans, each for a while.
// Either way each span becomes a line: trace, span, cookie, its kernel events.
var services = new ServiceCollection();
services.AddObservability(options => options.Prometheus.Enabled = false).AddEbpfCorrelation(options =>
{
    options.Maps = args[0];
    options.Threads = args[1] == "burn";
});
await using var provider = services.BuildServiceProvider();
_ = provider.GetRequiredService<TracerProvider>();
var spans = new List<Activity>();
using var watch = new ActivityListener { ShouldListenTo = source => source.Name is "System.Net.Http" or "Lab", ActivityStopped = spans.Add };
ActivitySource.AddActivityListener(watch);
foreach (var line in File.ReadLines("/proc/self/status"))
    if (line.StartsWith("CapEff:", StringComparison.Ordinal) || line.StartsWith("NoNewPrivs:", StringComparison.Ordinal) || line.StartsWith("Uid:", StringComparison.Ordinal)) Console.WriteLine(line.Replace('\t', ' '));
var count = int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture);
if (args[1] == "burn") Burn(count);
else await Ask(new Uri(args[1]), count);
foreach (var span in spans)
    Console.WriteLine($"span {span.TraceId} {span.SpanId} {span.GetTagItem("network.socket.cookie")} {string.Join(',', span.Events.Select(happened => happened.Name))}");

static async Task Ask(Uri address, int count)
{
    using var client = new HttpClient();
    for (var i = 0; i < count; i++) await client.GetStringAsync(address);
}

static void Burn(int count)
{
    using var source = new ActivitySource("Lab");
    for (var i = 0; i < count; i++)
    {
        using var span = source.StartActivity("burn");
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromMilliseconds(400)) Thread.SpinWait(1_000);
        // Off the processor and on again, so that what was published while it waited is seen.
        Thread.Sleep(1);
    }
}
