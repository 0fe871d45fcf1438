using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

/// <summary>Each profile against the documented rules of its backend.</summary>
public class ProfileTests
{
    private const string Source = "profile-tests";
    private static readonly ActivitySource s_source = new(Source);

    [Fact]
    public void ECS_begins_as_ecs_logging_asks_and_has_its_field_types()
    {
        var line = Write(LineProfile.Ecs);
        var names = line.EnumerateObject().Select(property => property.Name).ToArray();
        Assert.Equal(["@timestamp", "log.level", "message", "ecs.version"], names.Take(4));
        Assert.Equal("8.11.0", line.GetProperty("ecs.version").GetString());
        Assert.Equal("api", line.GetProperty("service.name").GetString());
        Assert.Equal("1.2.3", line.GetProperty("service.version").GetString());
        Assert.Equal("production", line.GetProperty("service.environment").GetString());
        Assert.Equal("Shop.Orders", line.GetProperty("log.logger").GetString());
        Assert.Matches("^[0-9a-f]{32}$", line.GetProperty("trace.id").GetString());
        Assert.Matches("^[0-9a-f]{16}$", line.GetProperty("span.id").GetString());
        Assert.Equal("System.InvalidOperationException", line.GetProperty("error.type").GetString());
        Assert.Contains("root cause", line.GetProperty("error.stack_trace").GetString(), StringComparison.Ordinal);
        Assert.Equal(5, line.GetProperty("labels.order_id").GetInt32());
        Assert.Equal("{\"a\":[1,2]}", line.GetProperty("labels.Nested").GetString());
        Assert.All(line.EnumerateObject(), property => Assert.NotEqual(JsonValueKind.Object, property.Value.ValueKind));
    }

    [Fact]
    public void OpenTelemetry_has_the_names_of_the_log_data_model()
    {
        var line = Write(LineProfile.OpenTelemetry);
        Assert.Equal(
            ["timestamp", "severity_text", "severity_number", "body", "trace_id", "span_id", "trace_flags", "resource", "scope", "attributes"],
            line.EnumerateObject().Select(property => property.Name));
        Assert.Equal("ERROR", line.GetProperty("severity_text").GetString());
        Assert.Equal(17, line.GetProperty("severity_number").GetInt32());
        Assert.Equal("Shop.Orders", line.GetProperty("scope").GetProperty("name").GetString());
        Assert.Equal("production", line.GetProperty("resource").GetProperty("deployment.environment.name").GetString());
        var attributes = line.GetProperty("attributes");
        Assert.Equal(5, attributes.GetProperty("order.id").GetInt32());
        Assert.Equal("System.InvalidOperationException", attributes.GetProperty("exception.type").GetString());
        Assert.Contains("root cause", attributes.GetProperty("exception.stacktrace").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OpenTelemetry_has_an_empty_object_when_there_are_no_attributes()
    {
        using var output = new LogOutput(options => options.Profile = LineProfile.OpenTelemetry);
        output.Logger.LogInformation("hello");
        Assert.Equal("{}", output.One().GetProperty("attributes").GetRawText());
    }

    [Fact]
    public void GoogleCloud_has_the_special_fields_of_structured_logging()
    {
        var line = Write(LineProfile.GoogleCloud);
        Assert.Equal(["time", "severity", "message"], line.EnumerateObject().Take(3).Select(property => property.Name));
        Assert.Equal("ERROR", line.GetProperty("severity").GetString());
        Assert.Matches("^projects/p1/traces/[0-9a-f]{32}$", line.GetProperty("logging.googleapis.com/trace").GetString());
        Assert.Matches("^[0-9a-f]{16}$", line.GetProperty("logging.googleapis.com/spanId").GetString());
        Assert.True(line.GetProperty("logging.googleapis.com/trace_sampled").GetBoolean());
        Assert.All(line.GetProperty("logging.googleapis.com/labels").EnumerateObject(), label => Assert.Equal(JsonValueKind.String, label.Value.ValueKind));
        Assert.StartsWith("System.InvalidOperationException: failed", line.GetProperty("stack_trace").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Datadog_has_its_reserved_and_standard_attributes()
    {
        var line = Write(LineProfile.Datadog);
        Assert.Equal(["timestamp", "status", "message", "service", "trace_id", "span_id"], line.EnumerateObject().Take(6).Select(property => property.Name));
        Assert.Equal("error", line.GetProperty("status").GetString());
        Assert.Equal("production", line.GetProperty("dd.env").GetString());
        Assert.Equal("1.2.3", line.GetProperty("dd.version").GetString());
        Assert.Equal("Shop.Orders", line.GetProperty("logger.name").GetString());
        Assert.Equal("System.InvalidOperationException", line.GetProperty("error.kind").GetString());
    }

    [Theory]
    [InlineData(LineProfile.Default, "level", "timestamp", "trace_id", "exception")]
    [InlineData(LineProfile.OpenTelemetry, "exception.type", "body", "timestamp", "severity_text")]
    [InlineData(LineProfile.GoogleCloud, "severity", "time", "message", "stack_trace")]
    [InlineData(LineProfile.Datadog, "status", "host", "source", "error.kind")]
    [InlineData(LineProfile.Ecs, "log.level", "@timestamp", "truncated", "message")]
    public void An_attribute_cannot_take_the_place_of_a_field(LineProfile profile, params string[] names)
    {
        using var output = new LogOutput(options => options.Profile = profile);
        using (output.Logger.BeginScope(names.ToDictionary(name => name, _ => (object?)"mine"))) output.Logger.LogError(new InvalidOperationException("e"), "hello");
        var text = Assert.Single(output.Lines());
        var json = LogOutput.Parse(text);
        Assert.Equal(names.Length, Regex.Count(text, "\"mine\""));
        Assert.NotEqual("mine", json.EnumerateObject().First().Value.GetString());
        Assert.NotEqual("mine", json.EnumerateObject().Skip(1).First().Value.GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_attribute_without_a_name_has_one_in_Ecs(string name)
    {
        using var output = new LogOutput(options => options.Profile = LineProfile.Ecs);
        using (output.Logger.BeginScope(new Dictionary<string, object?> { [name] = 5 })) output.Logger.LogInformation("hello");
        Assert.Equal(5, output.One().GetProperty("labels.unnamed").GetInt32());
    }

    [Fact]
    public void Loki_finds_the_level_before_any_nested_object()
    {
        using var output = new LogOutput(options => options.Profile = LineProfile.Loki);
        output.Logger.LogWarning("{Level} {Nested}", "x", new Dictionary<string, object?> { ["level"] = "y" });
        var text = Assert.Single(output.Lines());
        Assert.True(text.IndexOf("\"level\":\"warn\"", StringComparison.Ordinal) < text.IndexOf('{', 1));
    }

    [Fact]
    public void A_terminal_gets_a_readable_line_and_no_control_characters_of_the_values()
    {
        var format = new TerminalFormat(coloured: true);
        using var health = new LoggingHealth(TimeProvider.System);
        var options = new JsonLinesOptions { Service = "api" };
        var plan = new LinePlan(options, format, health, TimeProvider.System, new LineControl(options, TimeProvider.System, health.Suppressions));
        using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        var line = Line.Rent(plan);
        LineComposer.Compose(line, LogLevel.Warning, 0, "say \"hi\" \u001b[2J", StateKind<string>.Instance, new InvalidOperationException("first\nsecond"), static (state, _) => state, format.Category("Shop"), activity);
        var text = System.Text.Encoding.UTF8.GetString(line.Bytes);
        line.Return();
        Assert.Contains("say \"hi\" \\u001b[2J", text, StringComparison.Ordinal);
        Assert.Contains("trace=" + activity.TraceId.ToHexString()[..8], text, StringComparison.Ordinal);
        Assert.DoesNotContain(activity.TraceId.ToHexString(), text, StringComparison.Ordinal);
        Assert.Contains("\nSystem.InvalidOperationException: first\nsecond", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, LineRendering.Auto, false)]
    [InlineData(false, LineRendering.Auto, true)]
    [InlineData(true, LineRendering.Json, true)]
    [InlineData(false, LineRendering.Json, true)]
    [InlineData(false, LineRendering.Text, false)]
    public void Text_is_for_interactive_terminals_only_unless_asked_for(bool interactive, LineRendering rendering, bool json) =>
        Assert.Equal(json, FormatFactory.Create(new JsonLinesOptions { Rendering = rendering }, new Terminal(interactive, interactive, true)).IsJson);

    private static JsonElement Write(LineProfile profile)
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == Source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        using var output = new LogOutput(options =>
        {
            options.Profile = profile;
            options.ServiceVersion = "1.2.3";
            options.Environment = "production";
            options.GoogleCloudProject = "p1";
        });
        using var activity = s_source.StartActivity("work");
        using (output.Logger.BeginScope(new Dictionary<string, object?> { ["order.id"] = 5, ["Nested"] = new Dictionary<string, object?> { ["a"] = new[] { 1, 2 } } }))
            output.Logger.LogError(new EventId(9), new InvalidOperationException("failed", new IOException("root cause")), "order failed");
        return output.One();
    }
}
