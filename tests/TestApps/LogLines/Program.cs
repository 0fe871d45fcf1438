// Logs a burst of lines and ends in the way that the first argument names, for tests of what arrives.
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;


var way = args[0];
var count = args.Length > 1 ? int.Parse(args[1]) : 2_000;
#pragma warning disable CA2000 // The ways to end below leave the factory as a process does that dies.
var logger = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddJsonLines(options =>
{
    options.Service = "log-lines";
    options.ExitWaitMilliseconds = Environment.GetEnvironmentVariable("LOG_LINES_EXIT_WAIT") is { Length: > 0 } wait ? int.Parse(wait) : 5_000;
    options.FatalWaitMilliseconds = 5_000;
    if (Environment.GetEnvironmentVariable("LOG_LINES_DESTINATION") is { Length: > 0 } destination) options.Destination = Enum.Parse<Observability.Logging.LineDestination>(destination);
    if (Environment.GetEnvironmentVariable("LOG_LINES_RENDERING") is { Length: > 0 } rendering) options.Rendering = Enum.Parse<Observability.Logging.LineRendering>(rendering);
    options.File.Path = Environment.GetEnvironmentVariable("LOG_LINES_FILE");
    if (Environment.GetEnvironmentVariable("LOG_LINES_PER_SECOND") is { Length: > 0 } rate) options.RateLimit.LinesPerSecond = double.Parse(rate, CultureInfo.InvariantCulture);
    if (args.Length > 2) options.MaxQueueBytes = int.Parse(args[2]);
})).CreateLogger("Burst");
#pragma warning restore CA2000

switch (way)
{
    case "beside": Beside(); break;
    case "stall": return Stall();
    case "steady": Steady(); return 0;
    case "signal": Burst(); Console.Error.WriteLine("ready"); Thread.Sleep(Timeout.Infinite); break;
    default: Burst(); break;
}
switch (way)
{
    case "exit": Environment.Exit(3); break;
    case "throw": throw new InvalidOperationException("unhandled");
    case "failfast-flush": Observability.Logging.JsonLinesOutput.Flush(TimeSpan.FromSeconds(5)); Environment.FailFast("on purpose"); break;
    // What a process does that thinks of nothing: what lingers may be lost, what was logged before it may not.
    case "failfast-unawares": Observability.Logging.JsonLinesOutput.Flush(TimeSpan.FromSeconds(5)); logger.LogInformation("the last line"); Environment.FailFast("on purpose"); break;
    case "failfast": logger.LogCritical("the end"); Environment.FailFast("on purpose"); break;
}
return 0;

void Burst()
{
    for (var i = 0; i < count; i++) logger.LogInformation("line {Number}", i);
}

// Logs until the standard input has a line.
void Steady()
{
    var told = Task.Run(Console.ReadLine);
    for (var i = 0; !told.Wait(1); i++) logger.LogInformation("line {Number}", i);
    logger.LogInformation("the end");
}

void Beside()
{
    var other = Task.Run(() =>
    {
        for (var i = 0; i < count; i++) Console.WriteLine("{\"plain\":" + i + "}");
    });
    Burst();
    other.Wait();
}

// Logs at a steady rate while the reader of the output sleeps, and says on the error stream how long the callers took.
int Stall()
{
    var times = new long[count];
    var clock = Stopwatch.StartNew();
    for (var i = 0; i < count; i++)
    {
        while (clock.Elapsed.TotalMicroseconds < i * 100.0) Thread.SpinWait(20);
        var before = Stopwatch.GetTimestamp();
        logger.LogInformation("line {Number} with some more text so that the queue fills in time: {Filler}", i, "0123456789012345678901234567890123456789");
        times[i] = Stopwatch.GetTimestamp() - before;
    }
    Array.Sort(times);
    Console.Error.WriteLine(FormattableString.Invariant($"p99.9 {times[(int)(count * 0.999)] * 1e6 / Stopwatch.Frequency:0.0} max {times[^1] * 1e6 / Stopwatch.Frequency:0.0}"));
    return 0;
}
