using System.Diagnostics;
using Microsoft.Extensions.Logging;

// A program with a logger factory and no host, which knows nothing of telemetry.
var factory = LoggerFactory.Create(logging => logging.AddConsole());
var logger = factory.CreateLogger("Shop");
using var source = new ActivitySource("Shop.Work");
using (source.StartActivity("work")) logger.LogWarning("Item {Id} was sold", 7);
Console.WriteLine("BareLogger ends");
// Not every program disposes of its factory.
if (!args.Contains("leave")) factory.Dispose();
return 3;
