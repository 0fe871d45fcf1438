using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

public partial class RedactionTests
{
    private const string Secret = "hunter2-secret-value";

    [Theory]
    [InlineData("Password")]
    [InlineData("userPassword")]
    [InlineData("api_key")]
    [InlineData("X-Api-Key")]
    [InlineData("Authorization")]
    [InlineData("db.connection_string")]
    [InlineData("refreshToken")]
    [InlineData("pin")]
    [InlineData("UserPin")]
    [InlineData("card_cvv")]
    [InlineData("user_pin_")]
    [InlineData("user.pin..")]
    [InlineData("Passwords")]
    [InlineData("refresh_tokens")]
    [InlineData("ApiKeys")]
    [InlineData("UserPins")]
    [InlineData("Set-Cookies")]
    public void A_well_known_secret_name_is_hidden_in_message_attribute_scope_and_nested_value(string name)
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("sent {" + name + "} to {User}", Secret, "ann");
        using (output.Logger.BeginScope(new Dictionary<string, object?> { [name] = Secret })) output.Logger.LogInformation("scope");
        output.Logger.LogInformation("{@Value}", new Dictionary<string, object?> { ["Inner"] = new Dictionary<string, object?> { [name] = Secret } });
        output.Logger.Log(LogLevel.Information, 0, new List<KeyValuePair<string, object?>> { new(name, Secret) }, null, (_, _) => "custom " + Secret);
        Assert.DoesNotContain(Secret, string.Join("\n", output.Lines().Take(2).Append(output.Lines()[3])), StringComparison.Ordinal);
        Assert.Equal("sent *** to ann", output.Json()[0].GetProperty("message").GetString());
        Assert.Equal("***", output.Json()[2].GetProperty("Value").GetProperty("Inner").GetProperty(name).GetString());
    }

    [Theory]
    [InlineData("Mapping")]
    [InlineData("TokenCount")]
    [InlineData("UserName")]
    [InlineData("shopin")]
    [InlineData("shopins_")]
    [InlineData("dbpwd")]
    [InlineData("Keys")]
    public void Other_names_are_not_hidden(string name)
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("{" + name + "}", "shown");
        Assert.Equal("shown", output.One().GetProperty(name).GetString());
    }

    [Fact]
    public void Names_of_ones_own_hide_and_kept_names_show()
    {
        using var output = new LogOutput(options =>
        {
            options.Redaction.Names = ["customer_email"];
            options.Redaction.KeepNames = ["page_token"];
            options.Redaction.Replacement = "[hidden]";
        });
        output.Logger.LogInformation("{CustomerEmail} {PageToken}", Secret, "next");
        Assert.Equal("[hidden] next", output.One().GetProperty("message").GetString());
    }

    [Fact]
    public void Patterns_hide_what_they_match_in_messages_values_and_exceptions()
    {
        using var output = new LogOutput(options => options.Redaction.Patterns = [@"\b\d{4}-\d{4}-\d{4}-\d{4}\b", "key=[a-z0-9]+"]);
        output.Logger.LogError(new InvalidOperationException("card 1234-5678-9012-3456"), "paid with {Card}, key={Part}", "1234-5678-9012-3456", "abc123");
        var text = Assert.Single(output.Lines());
        Assert.DoesNotContain("5678", text, StringComparison.Ordinal);
        Assert.Equal("paid with ***, ***", LogOutput.Parse(text).GetProperty("message").GetString());
    }

    [Fact]
    public void A_parameter_that_carries_the_attribute_is_hidden_and_its_namesake_elsewhere_is_not()
    {
        using var output = new LogOutput();
        Checked(output.Logger, "ann", Secret);
        Shown(output.Logger, "visible");
        Many(output.Logger, 1, 2, 3, 4, 5, 6, Secret);
        Assert.DoesNotContain(Secret, output.Text(), StringComparison.Ordinal);
        Assert.Equal("ann answered ***", output.Json()[0].GetProperty("message").GetString());
        Assert.Equal("***", output.Json()[0].GetProperty("Answer").GetString());
        Assert.Equal("visible", output.Json()[1].GetProperty("Answer").GetString());
        Assert.Equal("1 2 3 4 5 6 ***", output.Json()[2].GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("QueryString", "?a=hunter2-secret-value&b&c=", "?a=***&b&c=")]
    [InlineData("url.query", "a=hunter2-secret-value", "a=***")]
    [InlineData("http.target", "/orders?a=hunter2-secret-value", "/orders?a=***")]
    [InlineData("query_string", "?0123456789012345678901234567890hunter2-secret-value", "?***")]
    public void The_values_of_a_URLs_query_are_hidden_and_the_names_stay(string name, string query, string hidden)
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("got {" + name + "} by {Method}", query, "GET");
        using (output.Logger.BeginScope(new Dictionary<string, object?> { [name] = query })) output.Logger.LogInformation("scope");
        var pairs = new List<KeyValuePair<string, object?>> { new(name, query) };
        output.Logger.Log(LogLevel.Information, 0, pairs, null, (_, _) => $"GET http://host/{(query[0] == '?' ? query : "?" + query)} - -");
        Assert.All(output.Json(), line => Assert.Equal(hidden, line.GetProperty(name).GetString()));
        Assert.Equal("got " + hidden + " by GET", output.Json()[0].GetProperty("message").GetString());
        Assert.DoesNotContain(Secret, output.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_values_of_a_query_show_when_they_are_kept()
    {
        using var all = new LogOutput(options => options.Redaction.KeepQueryValues = true);
        using var one = new LogOutput(options => options.Redaction.KeepNames = ["QueryString"]);
        foreach (var output in new[] { all, one })
        {
            output.Logger.LogInformation("got {QueryString}", "?a=1");
            Assert.Equal("got ?a=1", output.One().GetProperty("message").GetString());
        }
    }

    [Fact]
    public void A_property_that_carries_the_attribute_is_hidden_when_its_object_is_taken_apart()
    {
        using var output = new LogOutput();
        output.Logger.LogInformation("{@Person}", new Person("ann", Secret));
        Assert.Equal("""{"Name":"ann","Diagnosis":"***"}""", output.One().GetProperty("Person").GetRawText());
    }

    [LoggerMessage(1, LogLevel.Information, "{User} answered {Answer}")]
    private static partial void Checked(ILogger logger, string user, [Redacted] string answer);

    [LoggerMessage(2, LogLevel.Information, "shown {Answer}")]
    private static partial void Shown(ILogger logger, string answer);

    // More parameters than LoggerMessage.Define takes: the generator makes a state of its own.
    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "{A} {B} {C} {D} {E} {F} {Answer}")]
    private static partial void Many(ILogger logger, int a, int b, int c, int d, int e, int f, [Redacted] string answer);

    private sealed class Person(string name, string diagnosis)
    {
        public string Name { get; } = name;

        [Redacted]
        public string Diagnosis { get; } = diagnosis;

        public override string ToString() => Name;
    }
}
