using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

public partial class AllocationTests
{
    private enum State
    {
        New,
        Paid,
    }

    [Fact]
    public void A_LoggerMessage_call_allocates_nothing()
    {
        using var output = new LogOutput();
        using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        var logger = output.Logger;
        AssertNothing(() => Plain(logger));
        AssertNothing(() => Three(logger, 42, "GET", 1.25));
        AssertNothing(() => Six(logger, 1, true, 2m, State.Paid, Guid.Empty, 7));
        AssertNothing(() => Times(logger, DateTime.UnixEpoch, TimeSpan.FromSeconds(1), DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Numbers_characters_and_dates_of_every_type_allocate_nothing()
    {
        using var output = new LogOutput();
        var logger = output.Logger;
        AssertNothing(() => Numbers(logger, 1.5f, 'c', 2, 3, (Half)0.5, 4));
        AssertNothing(() => Dates(logger, DateOnly.MinValue, TimeOnly.MinValue, 1, 2, 3, null));
        AssertNothing(() => Aligned(logger, 1, 2.5, 3, State.Paid, DateTime.UnixEpoch, Guid.Empty));
        AssertNothing(() => Formatted(logger, 1.5f, 2, 3, 4, DateOnly.MinValue, TimeOnly.MinValue));
        AssertNothing(() => Native(logger, 1, (Half)1, char.MaxValue));
    }

    [Fact]
    public void An_exception_whose_stack_was_seen_before_allocates_nothing()
    {
        Assert.True(StackPlaces.AreKnown, "This runtime's stacks are not known: compare its StackTraceArray with StackPlaces.");
        using var output = new LogOutput();
        var logger = output.Logger;
        var exception = Assert.Throws<InvalidOperationException>(Fail);
        AssertNothing(() => Failed(logger, exception));
    }

    [Fact]
    public void More_parameters_than_six_allocate_nothing_either()
    {
        using var output = new LogOutput();
        var logger = output.Logger;
        AssertNothing(() => Seven(logger, 1, 2, 3, 4, 5, "six", "seven"));
        AssertNothing(() => Eight(logger, LogLevel.Warning, 1.5, null, State.Paid, TimeSpan.Zero, "five", null, 7, 8));
    }

    [Fact]
    public void A_scope_of_two_items_costs_a_call_nothing()
    {
        using var output = new LogOutput();
        var logger = output.Logger;
        using (logger.BeginScope(new Dictionary<string, object?> { ["A"] = "a", ["B"] = 1 })) AssertNothing(() => Plain(logger));
        using (logger.BeginScope("{A} {B}", "a", 1)) AssertNothing(() => Plain(logger));
    }

    private static void Fail() => throw new InvalidOperationException("failed");

    private static void AssertNothing(Action call)
    {
        // The first compilation of a method boxes what the optimized one does not, and when that comes is the runtime's affair.
        var least = long.MaxValue;
        for (var clock = Stopwatch.StartNew(); least > 0 && clock.Elapsed < TimeSpan.FromSeconds(90);)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++) call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    [LoggerMessage(5, LogLevel.Error, "failed")]
    private static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, Message = "{A} {B} {C} {D} {E} {F} {G}")]
    private static partial void Seven(ILogger logger, int a, int b, int c, int d, int e, string f, string g);

    [LoggerMessage(EventId = 7, Message = "{A:N2} {B} {C,8} {D} {E} {F} {G}")]
    private static partial void Eight(ILogger logger, LogLevel level, double a, int? b, State c, TimeSpan d, string e, object? f, decimal g, int without);

    [LoggerMessage(1, LogLevel.Information, "plain")]
    private static partial void Plain(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "{Id} {Method} {Seconds}")]
    private static partial void Three(ILogger logger, int id, string method, double seconds);

    [LoggerMessage(3, LogLevel.Information, "{A} {B} {C} {D} {E} {F}")]
    private static partial void Six(ILogger logger, long a, bool b, decimal c, State d, Guid e, int? f);

    [LoggerMessage(8, LogLevel.Information, "{A} {B} {C} {D} {E} {F}")]
    private static partial void Numbers(ILogger logger, float a, char b, ushort c, sbyte d, Half e, nint f);

    [LoggerMessage(9, LogLevel.Information, "{A} {B} {C} {D} {E} {F}")]
    private static partial void Dates(ILogger logger, DateOnly a, TimeOnly b, uint c, short d, byte e, float? f);

    [LoggerMessage(10, LogLevel.Information, "{A,5} {B,-8:N1} {C,3} {D,8} {E,30:O} {F,-40}")]
    private static partial void Aligned(ILogger logger, int a, double b, ushort c, State d, DateTime e, Guid f);

    [LoggerMessage(12, LogLevel.Information, "{A} {B:N2} {C}")]
    private static partial void Native(ILogger logger, nuint a, Half b, char? c);

    [LoggerMessage(11, LogLevel.Information, "{A:N2} {B:X} {C:X4} {D:N0} {E:O} {F:O}")]
    private static partial void Formatted(ILogger logger, float a, ushort b, byte c, uint d, DateOnly e, TimeOnly f);

    [LoggerMessage(4, LogLevel.Information, "{A} {B} {C:O}")]
    private static partial void Times(ILogger logger, DateTime a, TimeSpan b, DateTimeOffset c);
}
