using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeafNode = System.Text.Json.Nodes.JsonValue;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

public class ValueTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { 42, "42" }, { -7L, "-7" }, { ulong.MaxValue, "18446744073709551615" }, { 1.5, "1.5" }, { 0.1f, "0.1" }, { 12.30m, "12.30" }, { 1e300, "1E+300" },
        { -0.0, "-0" }, { 0.001, "0.001" }, { 123456.789, "123456.789" }, { double.Epsilon, "5E-324" }, { (Half)0.5, "0.5" },
        { double.NaN, "\"NaN\"" }, { double.PositiveInfinity, "\"Infinity\"" }, { float.NegativeInfinity, "\"-Infinity\"" },
        { true, "true" }, { null, "null" }, { 'x', "\"x\"" }, { DayOfWeek.Friday, "\"Friday\"" }, { (DayOfWeek)99, "\"99\"" },
        { Guid.Empty, "\"00000000-0000-0000-0000-000000000000\"" },
        { new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc), "\"2024-01-02T03:04:05.0000000Z\"" },
        { new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), "\"2024-01-02T03:04:05.0000000+02:00\"" },
        { new DateOnly(2024, 1, 2), "\"2024-01-02\"" }, { TimeSpan.FromSeconds(61.5), "\"00:01:01.5000000\"" },
        { new byte[] { 1, 2, 3 }, "\"AQID\"" }, { new[] { 1, 2 }, "[1,2]" }, { new object?[] { "a", null, 1.5 }, "[\"a\",null,1.5]" },
        { new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, "{\"a\":1,\"b\":2}" },
        { new Dictionary<int, object?> { [1] = new[] { true } }, "{\"1\":[true]}" },
        { BigInteger.Parse("123456789012345678901234567890"), "\"123456789012345678901234567890\"" }, { new BigInteger(5), "5" },
        { JsonNode.Parse("{\"a\":{\"b\":[1,null,true,\"x\"]},\"c\":1.50}"), "{\"a\":{\"b\":[1,null,true,\"x\"]},\"c\":1.50}" }, { new JsonObject { ["n"] = 5, ["s"] = "t" }, "{\"n\":5,\"s\":\"t\"}" },
        { new JsonArray(1, "two", null), "[1,\"two\",null]" }, { JsonNode.Parse("7"), "7" }, { LeafNode.Create("text"), "\"text\"" }, { LeafNode.Create(1.5), "1.5" }, { new JsonObject(), "{}" },
        { JsonElement.Parse("{\"a\":[{\"b\":false}],\"e\":1e2}"), "{\"a\":[{\"b\":false}],\"e\":1e2}" }, { JsonElement.Parse("\"text\""), "\"text\"" }, { JsonElement.Parse("null"), "null" }, { default(JsonElement), "null" },
        { JsonElement.Parse("123456789012345678901"), "123456789012345678901" }, { JsonElement.Parse("1e400"), "\"1e400\"" }, { JsonDocument.Parse("[true,{}]"), "[true,{}]" },
        { LeafNode.Create(new Version(1, 2)), "\"1.2\"" }, { new GenericDictionary { [1] = "one" }, "{\"1\":\"one\"}" }, { new Dictionary<string, JsonNode?> { ["a"] = new JsonObject { ["b"] = 1 } }, "{\"a\":{\"b\":1}}" },
        { new Uri("http://a/b?c"), "\"http://a/b?c\"" }, { new Version(1, 2), "\"1.2\"" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_written_as_the_JSON_of_its_kind(object? value, string json)
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("value {Value}", [value]);
        using (output.Logger.BeginScope(new Dictionary<string, object?> { ["Value"] = value })) output.Logger.LogInformation("scope");
        Assert.All(output.Json(), line => Assert.Equal(json, line.GetProperty("Value").GetRawText()));
    }

    [Fact]
    public void A_value_that_throws_is_contained_and_named()
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("value {Value} and {Other}", new Throwing(), 1);
        var line = output.One();
        Assert.Contains("Throwing threw System.NotSupportedException", line.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("Throwing threw System.NotSupportedException", line.GetProperty("Value").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, line.GetProperty("Other").GetInt32());
        Assert.True(output.Provider.Health.Failures > 0);
    }

    [Fact]
    public void States_scopes_formatters_and_exceptions_that_throw_reach_nobody()
    {
        using var output = new LogOutput();
        using (output.Logger.BeginScope(new ThrowingPairs())) output.Logger.LogInformation("in scope");
        output.Logger.Log(LogLevel.Information, 0, new ThrowingPairs(), null, static (_, _) => "text");
        output.Logger.Log(LogLevel.Information, 0, "state", null, static (_, _) => throw new InvalidOperationException());
        output.Logger.Log(LogLevel.Error, 0, "state", new ThrowingException(), static (state, _) => state);
        output.Logger.LogInformation("{One} {Two}", 1);
        Assert.Equal(5, output.Json().Length);
        Assert.Contains("threw", output.Lines()[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Destructuring_takes_properties_and_cuts_cycles_depth_and_size()
    {
        using var output = new LogOutput(options =>
        {
            options.MaxDepth = 3;
            options.MaxItems = 5;
        });
        var node = new Node { Name = "a", Items = [1, 2, 3, 4, 5, 6] };
        node.Next = new Node { Name = "b", Next = new Node { Name = "c", Next = new Node { Name = "d" } }, Self = node };
        output.Logger.LogInformation("{@Node}", node);
        var line = output.One();
        var written = line.GetProperty("Node");
        Assert.Equal("a", written.GetProperty("Name").GetString());
        Assert.Equal(5, written.GetProperty("Items").GetArrayLength());
        Assert.Equal("(cycle)", written.GetProperty("Next").GetProperty("Self").GetString());
        Assert.Equal("(cut)", written.GetProperty("Next").GetProperty("Next").GetProperty("Next").GetString());
        Assert.Contains("threw System.NotSupportedException", written.GetProperty("Bad").GetString(), StringComparison.Ordinal);
        Assert.True(line.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public void Values_are_captured_at_the_call()
    {
        using var output = new LogOutput();
        var list = new List<int> { 1 };
        output.Logger.LogInformation("{List}", list);
        list.Add(2);
        Assert.Equal("[1]", output.One().GetProperty("List").GetRawText());
    }

    [Fact]
    public void A_sequence_that_is_computed_is_read_once()
    {
        using var output = new LogOutput();
        var reads = 0;
        output.Logger.LogInformation("{Items}", Enumerable.Range(0, 3).Select(i => ++reads));
        var line = output.One();
        Assert.Equal(3, reads);
        Assert.Equal("1, 2, 3", line.GetProperty("message").GetString());
        Assert.Equal("[1,2,3]", line.GetProperty("Items").GetRawText());
    }

    [Fact]
    public void An_endless_sequence_ends()
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("{Items}", Endless());
        using (output.Logger.BeginScope(new Dictionary<string, object?> { ["Items"] = Endless() })) output.Logger.LogInformation("scope");
        Assert.All(output.Json(), line => Assert.True(line.GetProperty("truncated").GetBoolean()));

        static IEnumerable<int> Endless()
        {
            while (true) yield return 1;
        }
    }

    [Fact]
    public void No_key_is_ever_written_twice()
    {
        using var output = new LogOutput();
        var pairs = new List<KeyValuePair<string, object?>>
        {
            new("a", 1), new("a", 2), new("level", 3), new("attr.level", 4), new("\ud800x", 5), new("\ud801x", 6), new("@a", 7),
            new(new string('k', 300), 8), new(new string('k', 301), 9), new("m", new Dictionary<object, object?> { [1] = 1, ["1"] = 2 }),
        };
        using (output.Logger.BeginScope(pairs)) output.Logger.Log(LogLevel.Information, 0, pairs, null, static (_, _) => "text");
        Assert.Equal(1, output.One().GetProperty("a").GetInt32());
    }

    [Fact]
    public void A_value_that_logs_while_it_is_written_tears_nothing()
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("outer {Value}", new Chatty(output.Logger));
        Assert.All(output.Json(), line => Assert.True(line.GetProperty("message").GetString() is "inner" or "outer chatty"));
    }

    [Fact]
    public void Secrets_duplicates_and_depth_are_seen_to_in_JSON_values_as_in_others()
    {
        using var output = new LogOutput(options => options.MaxDepth = 2);
        output.Logger.LogInformation("{Value}", JsonElement.Parse("{\"password\":\"p\",\"a\":1,\"a\":2,\"b\":[[[1]]]}"));
        var line = output.One();
        Assert.Equal("{\"password\":\"***\",\"a\":1,\"b\":[\"(cut)\"]}", line.GetProperty("Value").GetRawText());
        Assert.True(line.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public void A_JSON_document_that_was_disposed_is_contained()
    {
        using var output = new LogOutput();
        var document = JsonDocument.Parse("{}");
        document.Dispose();
        output.Logger.LogInformation("{Value}", document);
        Assert.Contains("threw System.ObjectDisposedException", output.One().GetProperty("Value").GetString(), StringComparison.Ordinal);
    }

    /// <summary>A dictionary without the interface of old.</summary>
    private sealed class GenericDictionary : IReadOnlyDictionary<int, string>
    {
        private readonly Dictionary<int, string> _entries = [];

        public string this[int key]
        {
            get => _entries[key];
            set => _entries[key] = value;
        }

        public IEnumerable<int> Keys => _entries.Keys;

        public IEnumerable<string> Values => _entries.Values;

        public int Count => _entries.Count;

        public bool ContainsKey(int key) => _entries.ContainsKey(key);

        public bool TryGetValue(int key, [MaybeNullWhen(false)] out string value) => _entries.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<int, string>> GetEnumerator() => _entries.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Throwing
    {
        public override string ToString() => throw new NotSupportedException("no text");
    }

    private sealed class Chatty(ILogger logger)
    {
        public override string ToString()
        {
            logger.LogInformation("inner");
            return "chatty";
        }
    }

    private sealed class ThrowingException : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string? StackTrace => throw new NotSupportedException();
    }

    private sealed class ThrowingPairs : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => throw new NotSupportedException();

        public KeyValuePair<string, object?> this[int index] => throw new NotSupportedException();

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Node
    {
        public string Name { get; set; } = "";

        public int[] Items { get; set; } = [];

        public Node? Next { get; set; }

        public Node? Self { get; set; }

        public string Bad => throw new NotSupportedException();
    }
}
