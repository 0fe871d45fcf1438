using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

public class ScopeTests
{
    private const string Secret = "hunter2-secret-value";

    public static TheoryData<object> Pairs => new()
    {
        { new Dictionary<string, string> { ["order"] = "7", ["password"] = Secret } },
        { new SortedList<string, object> { ["order"] = "7", ["password"] = Secret } },
        { new KeyValuePair<string, string>[] { new("order", "7"), new("password", Secret) } },
        { new Dictionary<string, string> { ["order"] = "7", ["password"] = Secret }.Where(static pair => pair.Key.Length > 0) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Pairs_of_any_type_of_value_become_attributes(object scope)
    {
        using var output = new LogOutput();
        using (output.Logger.BeginScope(scope)) output.Logger.LogInformation("hello");
        var line = output.One();
        Assert.Equal(("7", "***"), (line.GetProperty("order").GetString(), line.GetProperty("password").GetString()));
        Assert.False(line.TryGetProperty("scope", out _));
    }

    [Fact]
    public void One_pair_or_a_tuple_of_a_name_and_a_value_becomes_an_attribute()
    {
        using var output = new LogOutput();
        using (output.Logger.BeginScope(new KeyValuePair<string, string>("password", Secret)))
        using (output.Logger.BeginScope(("token", Secret)))
        using (output.Logger.BeginScope(new KeyValuePair<string, int>("order", 7)))
        using (output.Logger.BeginScope(("item", 8)))
            output.Logger.LogInformation("hello");
        var line = output.One();
        Assert.Equal(("***", "***"), (line.GetProperty("password").GetString(), line.GetProperty("token").GetString()));
        Assert.Equal((7, 8), (line.GetProperty("order").GetInt32(), line.GetProperty("item").GetInt32()));
        Assert.False(line.TryGetProperty("scope", out _));
    }

    [Fact]
    public void What_has_no_names_stays_the_scopes_text()
    {
        using var output = new LogOutput();
        using (output.Logger.BeginScope((1, "two")))
        using (output.Logger.BeginScope(new[] { "a", "b" }))
        using (output.Logger.BeginScope(new Dictionary<int, string> { [1] = "one" }))
            output.Logger.LogInformation("hello");
        Assert.Equal("(1, two) => a, b => [1, one]", output.One().GetProperty("scope").GetString());
    }
}
