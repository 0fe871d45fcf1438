using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

/// <summary>Stacks are told from each other by where the runtime keeps them; the text must be the exception's own in every case, first seen and seen before.</summary>
public class StackTextTests
{
    private static readonly Action s_dynamic = Dynamic();

    private static readonly (string Name, Func<int, Task> Throw)[] s_ways =
    [
        ("plain", Plain), ("rethrown", Rethrown), ("rethrown as a new one", Wrapped), ("dispatched", Dispatched), ("awaited", Awaited), ("awaited deeply", AwaitedDeeply),
        ("generic", depth => Generic<string>(depth)), ("generic of a structure", depth => Generic<(int, string)>(depth)), ("lambda", depth => Lambda(depth)()), ("iterator", Iterator), ("filtered", Filtered),
        ("of a task", depth => Task.Run(() => Plain(depth))), ("several", depth => Task.WhenAll(Task.Run(() => Plain(depth)), Task.Run(() => Awaited(depth)))),
        ("runtime's own", depth => Task.FromResult((new int[1])[depth + 1])), ("library's", depth => Task.FromResult(int.Parse("x" + depth))),
        ("dynamic", depth => { s_dynamic(); return Plain(depth); }), ("remote", Remote), ("with a text of its own", _ => throw new TextOfItsOwn()), ("never thrown", _ => throw new InvalidOperationException("outer", new InvalidDataException("never thrown"))),
    ];

    public static TheoryData<string> Ways => [.. s_ways.Select(way => way.Name)];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_stack_is_the_exceptions_own_when_first_seen_and_when_seen_before(string name)
    {
        using var output = new LogOutput(options => options.MaxLineBytes = 1 << 17);
        var expected = new List<string?>();
        foreach (var depth in (int[])[0, 1, 5, 1, 5])
        {
            var thrown = await Thrown(name, depth);
            for (var i = 0; i < 2; i++)
            {
                output.Logger.LogError(thrown, "failed");
                expected.AddRange(Chain(thrown).Select(exception => exception.StackTrace ?? ""));
            }
        }
        Assert.Equal(expected, output.Json().SelectMany(line => Stacks(line.GetProperty("exception"))));
    }

    [Fact]
    public async Task Stacks_of_every_kind_in_any_order_are_never_mistaken_for_each_other()
    {
        using var output = new LogOutput(options =>
        {
            options.MaxLineBytes = 1 << 17;
            options.MaxQueueBytes = 256 << 20;
        });
        var random = new Random(4);
        var expected = new List<string?>();
        for (var i = 0; i < 400; i++)
        {
            var thrown = await Thrown(s_ways[random.Next(s_ways.Length)].Name, random.Next(30));
            output.Logger.LogError(thrown, "failed");
            expected.AddRange(Chain(thrown).Select(exception => exception.StackTrace ?? ""));
        }
        Assert.Equal(expected, output.Json().SelectMany(line => Stacks(line.GetProperty("exception"))));
    }

    [Theory]
    [InlineData("plain", true)]
    [InlineData("rethrown", true)]
    [InlineData("dispatched", true)]
    [InlineData("awaited deeply", true)]
    [InlineData("generic", true)]
    [InlineData("dynamic", false)]
    [InlineData("remote", false)]
    public async Task Only_a_stack_whose_places_tell_it_from_all_others_is_kept(string name, bool kept)
    {
        Assert.True(StackPlaces.AreKnown, "This runtime's stacks are not known: compare its StackTraceArray with StackPlaces.");
        var places = new long[StackPlaces.Most];
        var thrown = await Thrown(name, 3);
        var count = StackPlaces.Read(thrown, places);
        Assert.Equal(kept, count > 0);
        if (kept) Assert.True(StackPlaces.AreConfirmed(thrown, places.AsSpan(0, count)));
    }

    [Fact]
    public async Task Places_that_are_anothers_are_not_confirmed()
    {
        var places = new long[StackPlaces.Most];
        var thrown = await Thrown("plain", 3);
        var count = StackPlaces.Read(thrown, places);
        places[1] += 2;
        Assert.False(StackPlaces.AreConfirmed(thrown, places.AsSpan(0, count)));
        Assert.False(StackPlaces.AreConfirmed(await Thrown("awaited", 3), places.AsSpan(0, count)));
    }

    private static async Task<Exception> Thrown(string name, int depth)
    {
        try
        {
            await s_ways.Single(way => way.Name == name).Throw(depth);
        }
        catch (Exception exception)
        {
            return exception;
        }
        throw new InvalidOperationException("Nothing was thrown.");
    }

    /// <summary>An exception and those in it, in the order in which a line has them.</summary>
    private static IEnumerable<Exception> Chain(Exception exception)
    {
        IEnumerable<Exception> inner = exception is AggregateException aggregate ? aggregate.InnerExceptions : exception.InnerException is { } one ? [one] : [];
        return [exception, .. inner.SelectMany(Chain)];
    }

    private static IEnumerable<string?> Stacks(System.Text.Json.JsonElement exception)
    {
        yield return exception.GetProperty("stacktrace").GetString();
        if (exception.TryGetProperty("inner", out var inner))
            foreach (var stack in Stacks(inner)) yield return stack;
        if (exception.TryGetProperty("siblings", out var siblings))
            foreach (var stack in siblings.EnumerateArray().SelectMany(Stacks)) yield return stack;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task Plain(int depth) => depth == 0 ? throw new InvalidOperationException("plain") : Plain(depth - 1);

    private static Task Rethrown(int depth)
    {
        try
        {
            return depth % 2 == 0 ? Plain(depth / 2) : Rethrown(depth - 1);
        }
        catch (InvalidOperationException)
        {
            throw;
        }
    }

    private static Task Wrapped(int depth)
    {
        try
        {
            return Plain(depth);
        }
        catch (InvalidOperationException cause)
        {
            throw new IOException("wrapped", cause);
        }
    }

    private static async Task Dispatched(int depth)
    {
        var thrown = await Thrown("plain", depth);
        ExceptionDispatchInfo.Throw(thrown);
    }

    private static async Task Awaited(int depth)
    {
        await Task.Yield();
        await Plain(depth);
    }

    private static async Task AwaitedDeeply(int depth)
    {
        await Task.Yield();
        if (depth > 0) await AwaitedDeeply(depth - 1);
        else await Awaited(1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task Generic<T>(int depth) => depth == 0 ? throw new InvalidOperationException(typeof(T).Name) : Generic<List<T>>(depth / 2);

    private static Func<Task> Lambda(int depth) => () => depth == 0 ? throw new InvalidOperationException("lambda") : Lambda(depth - 1)();

    private static Task Iterator(int depth)
    {
        foreach (var number in Numbers()) depth -= number;
        return Task.CompletedTask;

        IEnumerable<int> Numbers()
        {
            yield return 1;
            throw new InvalidOperationException("iterator " + depth);
        }
    }

    private static Task Filtered(int depth)
    {
        try
        {
            return Plain(depth);
        }
        catch (InvalidOperationException thrown) when (thrown.StackTrace is null)
        {
            return Task.CompletedTask;
        }
    }

    private static Task Remote(int depth)
    {
        var remote = new InvalidOperationException("remote");
        ExceptionDispatchInfo.SetRemoteStackTrace(remote, "   at another machine " + depth + "\n");
        throw remote;
    }

    /// <summary>Code that can be collected, whose address may later be another's.</summary>
    private static Action Dynamic()
    {
        var method = new DynamicMethod("Dynamic", null, []);
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldstr, "dynamic");
        code.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor([typeof(string)])!);
        code.Emit(OpCodes.Throw);
        return method.CreateDelegate<Action>();
    }

    private sealed class TextOfItsOwn() : Exception("own")
    {
        public override string StackTrace => "   at a place of its own " + base.StackTrace?.Length;
    }
}
