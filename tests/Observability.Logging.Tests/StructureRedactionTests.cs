using System.Collections;
using System.Dynamic;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

/// <summary>Secrets inside values that are written as structures: neither the attribute nor the message shows them.</summary>
public partial class StructureRedactionTests
{
    private const string Secret = "hunter2-secret-value";

    public static TheoryData<string> Structures => [.. s_structures.Keys];

    private static readonly Dictionary<string, Func<object>> s_structures = new()
    {
        ["dictionary of strings"] = static () => new Dictionary<string, string> { ["user"] = "bob", ["password"] = Secret },
        ["dictionary of objects"] = static () => new Dictionary<string, object?> { ["user"] = "bob", ["password"] = Secret },
        ["nested dictionaries"] = static () => new Dictionary<string, object?> { ["user"] = "bob", ["inner"] = new Dictionary<string, object?> { ["password"] = Secret } },
        ["list of dictionaries"] = static () => new List<object> { "bob", new Dictionary<string, string> { ["password"] = Secret } },
        ["expando"] = Expando,
        ["element"] = static () => JsonElement.Parse("{\"user\":\"bob\",\"password\":\"" + Secret + "\"}"),
        ["document"] = static () => JsonDocument.Parse("[{\"user\":\"bob\",\"password\":\"" + Secret + "\"}]"),
        ["node"] = static () => new JsonObject { ["user"] = "bob", ["password"] = Secret },
        ["array of pairs"] = static () => new KeyValuePair<string, string>[] { new("user", "bob"), new("password", Secret) },
        ["iterator of pairs"] = Iterated,
        ["filtered dictionary"] = static () => new Dictionary<string, string> { ["user"] = "bob", ["password"] = Secret }.Where(static pair => pair.Key.Length > 0),
        ["form"] = static () => new Form(),
        ["pair"] = static () => new KeyValuePair<string, string>("password", Secret),
        ["list of pairs as objects"] = static () => new List<object> { "bob", new KeyValuePair<string, object?>("password", Secret) },
        ["behind the most items"] = static () => Enumerable.Range(0, 200).ToDictionary(static i => "name" + i, static _ => "bob").Append(new("password", Secret)).ToDictionary(),
    };

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_secret_inside_a_structure_is_hidden_in_attribute_message_and_scope(string name)
    {
        using var output = new LogOutput();
        var value = s_structures[name];
        output.Logger.LogInformation("got {Value}", value());
        output.Logger.LogInformation("got {@Value}", value());
        output.Logger.LogInformation("got {Value,30}", value());
        Defined(output.Logger, value());
        Generated(output.Logger, LogLevel.Information, value());
        Enumerated(output.Logger, value(), [1]);
        using (output.Logger.BeginScope(value())) output.Logger.LogInformation("scope");
        using (output.Logger.BeginScope("of {Value}", value())) output.Logger.LogInformation("scope");
        output.Logger.Log(LogLevel.Information, 0, new List<KeyValuePair<string, object?>> { new("Value", value()), new("{OriginalFormat}", "got {Value}") }, null, (_, _) => "own " + value());
        Assert.DoesNotContain(Secret, output.Text(), StringComparison.Ordinal);
        Assert.Equal(9, output.Lines().Length);
        if (!name.StartsWith("behind", StringComparison.Ordinal)) Assert.All(output.Lines().Take(3), line => Assert.Contains("\"password\":\"***\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_in_an_object_that_is_taken_apart_is_hidden_in_the_message()
    {
        using var output = new LogOutput();
        var login = new Login("bob", Secret);
        output.Logger.LogInformation("login {@Login}", login);
        output.Logger.LogInformation("login {@Login,60}", login);
        output.Logger.LogInformation("login {@Login}", new { user = "bob", password = Secret });
        output.Logger.LogInformation("login {@Login}", new List<Login> { login });
        output.Logger.LogInformation("login {@Login}", new { Inner = new { Login = login } });
        LoggedIn(output.Logger, login);
        LoggedInOf(output.Logger, LogLevel.Information, login);
        LoggedInWith(output.Logger, LogLevel.Information, login, [1]);
        Assert.DoesNotContain(Secret, output.Text(), StringComparison.Ordinal);
        Assert.Equal("""login {"User":"bob","Password":"***"}""", output.Json()[0].GetProperty("message").GetString());
        Assert.Equal("login " + """{"User":"bob","Password":"***"}""".PadLeft(60), output.Json()[1].GetProperty("message").GetString());
        Assert.All(output.Json()[5..], line => Assert.Equal("""login {"User":"bob","Password":"***"}""", line.GetProperty("message").GetString()));
        Assert.All(output.Json()[5..], line => Assert.Equal("""{"User":"bob","Password":"***"}""", line.GetProperty("Login").GetRawText()));
        Assert.Equal(8, output.Lines().Length);
    }

    [Fact]
    public void Where_nothing_is_hidden_the_message_is_the_one_of_its_own_formatter()
    {
        object?[] values =
        [
            new Dictionary<string, string> { ["user"] = "bob" }, Expando(("user", "bob")), JsonElement.Parse("{\"user\":[\"bob\", 1]}"), new JsonObject { ["user"] = "bob" }, new Visitor("bob", [new("ann", [])]),
            new { user = "bob" }, new KeyValuePair<string, string>[] { new("user", "bob") }, new List<Visitor> { new("bob", []) }, new KeyValuePair<string, int>("n", 1), Enumerable.Range(0, 500).ToArray(),
            Enumerable.Range(0, 500).Select(i => (object)i).ToList(), ("password", "shown"), new[] { DayOfWeek.Friday }, null, Cycle(),
        ];
        using var output = new LogOutput();
        var recorder = new Recorder();
        foreach (var value in values)
        {
            foreach (var logger in new ILogger[] { recorder, output.Logger })
            {
                logger.LogInformation("{Value} {@Value}", value, value);
                Defined(logger, value);
                Generated(logger, LogLevel.Information, value);
                Enumerated(logger, value, [1]);
            }
        }
        Assert.Equal(recorder.Messages, output.Json().Select(line => line.GetProperty("message").GetString()!));
    }

    [Fact]
    public void Pairs_that_are_computed_are_read_once()
    {
        using var output = new LogOutput();
        var reads = 0;
        output.Logger.LogInformation("{Pairs}", Enumerable.Range(0, 2).Select(i => new KeyValuePair<string, int>("k" + i, ++reads)));
        Assert.Equal((2, "[k0, 1], [k1, 2]"), (reads, output.One().GetProperty("message").GetString()));
        Assert.Equal("""{"k0":1,"k1":2}""", output.One().GetProperty("Pairs").GetRawText());
    }

    [Fact]
    public void The_attribute_counts_on_record_parameters_overridden_properties_and_parameters_of_calls_without_a_message()
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("{@Value}", new Answered("bob", Secret));
        output.Logger.LogInformation("{@Value}", new AnsweredLater("bob", Secret, 2));
        output.Logger.LogInformation("{@Value}", new Derived { Answer = Secret });
        Silent(output.Logger, "bob", Secret);
        SilentOf(output.Logger, LogLevel.Information, "bob", Secret);
        Assert.DoesNotContain(Secret, output.Text(), StringComparison.Ordinal);
        Assert.Equal("""{"User":"bob","Answer":"***"}""", output.Json()[0].GetProperty("Value").GetRawText());
        Assert.All(output.Json()[3..], line => Assert.Equal(("bob", "***"), (line.GetProperty("user").GetString(), line.GetProperty("answer").GetString())));
    }

    [Fact]
    public void A_state_that_is_a_dictionary_shows_no_secret_in_the_message_of_its_own_formatter()
    {
        using var output = new LogOutput();
        output.Logger.Log(LogLevel.Information, 0, new Dictionary<string, object?> { ["user"] = "bob", ["password"] = Secret }, null, static (state, _) => "login with " + state["password"]);
        var body = new Dictionary<string, object?> { ["body"] = JsonElement.Parse("{\"password\":\"" + Secret + "\"}"), ["none"] = null };
        output.Logger.Log(LogLevel.Information, 0, body, null, static (state, _) => "got " + state["body"]);
        Assert.Equal(["login with ***", """got {"password":"***"}"""], output.Json().Select(line => line.GetProperty("message").GetString()!));
        Assert.DoesNotContain(Secret, output.Text(), StringComparison.Ordinal);
    }

    private static ExpandoObject Expando() => Expando(("user", "bob"), ("password", Secret));

    private static ExpandoObject Expando(params (string Name, string Value)[] members)
    {
        var expando = new ExpandoObject();
        foreach (var (name, value) in members) expando.TryAdd(name, value);
        return expando;
    }

    private static IEnumerable<KeyValuePair<string, object?>> Iterated()
    {
        yield return new("user", "bob");
        yield return new("password", Secret);
    }

    private static List<object> Cycle()
    {
        var list = new List<object>();
        list.Add(new Holder(list));
        return list;
    }

    [LoggerMessage(1, LogLevel.Information, "got {Value}")]
    private static partial void Defined(ILogger logger, object? value);

    [LoggerMessage(EventId = 2, Message = "got {Value}")]
    private static partial void Generated(ILogger logger, LogLevel level, object? value);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "got {Value} {List}")]
    private static partial void Enumerated(ILogger logger, object? value, int[] list);

    [LoggerMessage(4, LogLevel.Information, "login {@Login}")]
    private static partial void LoggedIn(ILogger logger, Login login);

    [LoggerMessage(EventId = 5, Message = "login {@Login}")]
    private static partial void LoggedInOf(ILogger logger, LogLevel level, Login login);

    [LoggerMessage(EventId = 6, Message = "login {@Login}")]
    private static partial void LoggedInWith(ILogger logger, LogLevel level, Login login, int[] list);

    [LoggerMessage(Level = LogLevel.Information)]
    private static partial void Silent(ILogger logger, string user, [Redacted] string answer);

    [LoggerMessage]
    private static partial void SilentOf(ILogger logger, LogLevel level, string user, [Redacted] string answer);

    private sealed record Login(string User, string Password);

    private sealed record Visitor(string Name, Visitor[] Guests);

    private sealed record Answered(string User, [Redacted] string Answer);

    private record AskedLater(string User, string Answer);

    private sealed record AnsweredLater(string User, [Redacted] string Answer, int Count) : AskedLater(User, Answer);

    private class Declaring
    {
        [Redacted]
        public virtual string Answer { get; set; } = "";
    }

    private sealed class Derived : Declaring
    {
        public override string Answer { get; set; } = "";
    }

    private sealed class Holder(object content)
    {
        public object Content { get; } = content;

        public override string ToString() => "holder";
    }

    /// <summary>As the collections of an HTTP request are: pairs, and no dictionary.</summary>
    private sealed class Form : IEnumerable<KeyValuePair<string, string[]>>
    {
        public IEnumerator<KeyValuePair<string, string[]>> GetEnumerator()
        {
            yield return new("user", ["bob"]);
            yield return new("password", [Secret]);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => string.Join('&', this.Select(pair => pair.Key + "=" + pair.Value[0]));
    }
}
