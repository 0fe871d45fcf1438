using System.Text.Json;
using System.Text.Json.Nodes;
using LeafNode = System.Text.Json.Nodes.JsonValue;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

/// <summary>Values, exceptions and states that throw or never end: the line is there, is JSON, and names what failed in its place.</summary>
public class FaultyValueTests
{
    public static TheoryData<string> Kinds => ["list", "dictionary", "pairs", "node"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_throws_inside_a_structure_is_named_in_its_own_place_and_the_rest_stands(string kind)
    {
        using var output = new LogOutput();
        var value = Faulty(kind);
        output.Logger.LogInformation("{Value} {Next}", value, 7);
        output.Logger.LogInformation("{@Value} {Next}", value, 7);
        using (output.Logger.BeginScope(new Dictionary<string, object?> { ["Value"] = value, ["Next"] = 7 })) output.Logger.LogInformation("scope");
        foreach (var line in output.Json())
        {
            var items = line.GetProperty("Value");
            Assert.Equal(7, line.GetProperty("Next").GetInt32());
            var content = items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().ToArray() : items.EnumerateObject().Select(item => item.Value).ToArray();
            Assert.Equal((3, 1, 3), (content.Length, content[0].GetInt32(), content[2].GetInt32()));
            Assert.Contains(" threw ", content[1].GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_throws_deep_inside_leaves_the_structures_around_it_whole()
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("{Value}", new List<object> { new Dictionary<string, object> { ["a"] = new[] { Disposed() }, ["b"] = 2 }, 3 });
        var value = output.One().GetProperty("Value");
        Assert.Contains(" threw ", value[0].GetProperty("a")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal((2, 3), (value[0].GetProperty("b").GetInt32(), value[1].GetInt32()));
    }

    [Fact]
    public void An_exception_that_hides_its_stack_behind_a_property_of_another_type_is_written()
    {
        using var output = new LogOutput();
        for (var i = 0; i < 2; i++) output.Logger.LogError(Assert.Throws<HidingException>(static () => Fail()), "call failed");
        Assert.All(output.Json(), line =>
        {
            Assert.Equal("call failed", line.GetProperty("message").GetString());
            Assert.Contains(nameof(Fail), line.GetProperty("exception").GetProperty("stacktrace").GetString(), StringComparison.Ordinal);
        });

        static void Fail() => throw new HidingException();
    }

    [Fact]
    public void A_call_that_cannot_be_written_at_all_is_counted_and_leaves_the_threads_line_free()
    {
        var time = new FailingTime();
        using var output = new LogOutput(time: time);
        output.Logger.LogInformation("before");
        var mine = Line.Rent(output.Provider.Plan);
        mine.Return();
        time.Fails = true;
        output.Logger.LogWarning("lost");
        time.Fails = false;
        Assert.Equal(1, output.Provider.Queue.Dropped[LogLevel.Warning]);
        Assert.True(output.Provider.Health.Failures > 0);
        var again = Line.Rent(output.Provider.Plan);
        again.Return();
        Assert.Same(mine, again);
    }

    [Fact]
    public void A_template_that_has_too_few_arguments_is_kept()
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("order {Id} of {User}", 1);
        var message = output.One().GetProperty("message").GetString();
        Assert.StartsWith("order {Id} of {User}", message, StringComparison.Ordinal);
        Assert.Contains("threw System.IndexOutOfRangeException", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_is_not_done_is_text_and_nobody_waits_for_it()
    {
        using var output = new LogOutput();
        var never = new TaskCompletionSource<int>().Task;
        await Task.Run(() =>
        {
            output.Logger.LogInformation("{@A} {@B} {@C}", never, new ValueTask<int>(never), new { Id = 1, Pending = never.ConfigureAwait(false) });
        }).WaitAsync(TimeSpan.FromSeconds(30));
        var line = output.One();
        Assert.Contains("Task", line.GetProperty("A").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.String, line.GetProperty("B").ValueKind);
        Assert.Equal((1, JsonValueKind.String), (line.GetProperty("C").GetProperty("Id").GetInt32(), line.GetProperty("C").GetProperty("Pending").ValueKind));
    }

    [Fact]
    public async Task Endless_pairs_of_one_name_end_in_values_scopes_and_states()
    {
        using var output = new LogOutput();
        await Task.Run(() =>
        {
            output.Logger.LogInformation("{@Holder}", new { Pairs = Endless() });
            using (output.Logger.BeginScope(Endless())) output.Logger.LogInformation("scope");
            output.Logger.Log(LogLevel.Information, 0, Endless(), null, static (_, _) => "state");
        }).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(3, output.Json().Length);
        Assert.All(output.Json(), line => Assert.True(line.GetProperty("truncated").GetBoolean()));

        static IEnumerable<KeyValuePair<string, object?>> Endless()
        {
            while (true) yield return new("same", 1);
        }
    }

    private static object Faulty(string kind) => kind switch
    {
        "list" => new List<object> { 1, Disposed(), 3 },
        "dictionary" => new Dictionary<string, object> { ["a"] = 1, ["b"] = Disposed(), ["c"] = 3 },
        "pairs" => new List<KeyValuePair<string, object?>> { new("a", 1), new("b", Disposed()), new("c", 3) },
        _ => new JsonArray(1, LeafNode.Create(float.NaN), 3),
    };

    private static JsonElement Disposed()
    {
        using var document = JsonDocument.Parse("{\"x\":1}");
        return document.RootElement;
    }

    private sealed class HidingException : Exception
    {
        public new string[] StackTrace { get; } = ["x"];
    }

    private sealed class FailingTime : TimeProvider
    {
        public volatile bool Fails;

        public override DateTimeOffset GetUtcNow() => Fails ? throw new InvalidOperationException("no clock") : base.GetUtcNow();
    }
}
