namespace Observability.Logging;

/// <summary>The output that the settings name.</summary>
internal static class SinkFactory
{
    public static LineSink Create(JsonLinesOptions options, TimeProvider time, LoggingHealth health) => options.Destination switch
    {
        LineDestination.File => new RollingFileSink(options.File, time, health),
        LineDestination.Stderr => Standard(2, "stderr", static () => Console.Error, Console.OpenStandardError),
        _ => Standard(1, "stdout", static () => Console.Out, Console.OpenStandardOutput),
    };

    private static LineSink Standard(int descriptor, string name, Func<object> consoleLock, Func<Stream> open) =>
        Posix.IsHere
            ? new DescriptorSink(descriptor, consoleLock)
            : new ConsoleStreamSink(name, open(), consoleLock);
}
