using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Benchmarks.Logging;

/// <summary>The calls that are measured, each as the <c>[LoggerMessage]</c> generator makes it.</summary>
internal static partial class LogShape
{
    public static Action<int> Named(string name, ILogger logger)
    {
        var exceptions = Enumerable.Range(0, 64).Select(static _ => Thrown(10)).ToArray();
        return name switch
        {
            "none" => _ => None(logger),
            "three" => i => Three(logger, i, "GET", 0.125),
            "exception" => i => Failed(logger, exceptions[i & 63]),
            _ => throw new ArgumentException("No such shape: " + name),
        };
    }

    [LoggerMessage(1, LogLevel.Information, "Request processed")]
    private static partial void None(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "Request {Id} {Method} took {Seconds}")]
    private static partial void Three(ILogger logger, int id, string method, double seconds);

    [LoggerMessage(3, LogLevel.Error, "Request failed")]
    private static partial void Failed(ILogger logger, Exception exception);

    private static InvalidOperationException Thrown(int depth)
    {
        try
        {
            Throw(depth);
        }
        catch (InvalidOperationException thrown)
        {
            return thrown;
        }
        throw new UnreachableException();
    }

    private static void Throw(int depth)
    {
        if (depth == 0) throw new InvalidOperationException("The order could not be stored.");
        Throw(depth - 1);
    }
}
