using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using TestPeers;

namespace Observability.Logging.Tests;

/// <summary>
/// The profiles against what their owners publish: Elastic's types of the Elastic Common Schema by the TypeScript compiler, OpenTelemetry's .proto of log
/// records, Google's own logging client. Datadog and Loki publish no schema of a line: see <see cref="ProfileTests"/>.
/// </summary>
public class PublishedSchemaTests
{
    private const string Source = "published-schemas";
    private static readonly ActivitySource s_source = new(Source);

    [SkippableFact]
    public void A_line_of_the_ECS_profile_has_the_type_that_Elastic_publishes()
    {
        var lines = Write(LineProfile.Ecs);
        Assert.Equal("", Compile(lines.Select(line => Expand(line).ToJsonString())));
    }

    [SkippableTheory]
    [InlineData("log.level", "7")]
    [InlineData("error.stacktrace", "\"x\"")]
    [InlineData("ecs.version", "\"1.0\"")]
    public void The_ECS_compiler_refuses_what_the_schema_does_not_have(string name, string value)
    {
        var line = Expand(Write(LineProfile.Ecs)[0]);
        var (parent, field) = (line[name.Split('.')[0]]!, name.Split('.')[1]);
        parent[field] = JsonNode.Parse(value);
        Assert.Contains("error TS", Compile([line.ToJsonString()]), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_OpenTelemetry_profile_has_the_severity_numbers_and_names_of_the_published_log_record()
    {
        var proto = Published("opentelemetry-proto", "opentelemetry", "proto", "logs", "v1", "logs.proto");
        var numbers = Regex.Matches(proto, @"SEVERITY_NUMBER_(\w+) *= *(\d+);").ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value));
        var fields = Regex.Matches(proto[proto.IndexOf("message LogRecord", StringComparison.Ordinal)..], @"^ +[\w.]+(?: \w[\w.]*)? (\w+) = \d+;", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToHashSet();
        foreach (var line in Write(LineProfile.OpenTelemetry))
        {
            Assert.Equal(numbers[line.GetProperty("severity_text").GetString()!], line.GetProperty("severity_number").GetInt32());
            // The record's time and flags have other names in the data model than on the wire; resource and scope stand around it.
            string[] others = ["timestamp", "trace_flags", "resource", "scope"];
            Assert.All(line.EnumerateObject().Select(field => field.Name).Except(others), name => Assert.Contains(name, fields));
        }
    }

    [SkippableFact]
    public void The_GoogleCloud_profile_has_the_severities_and_special_fields_that_Googles_client_knows()
    {
        var known = Published("published-schemas", "google-cloud-logging", "build", "src", "entry.js");
        using var protos = JsonDocument.Parse(Published("published-schemas", "google-cloud-logging", "build", "protos", "protos.json"));
        var severities = Find(protos.RootElement, "LogSeverity").GetProperty("values").EnumerateObject().Select(value => value.Name).ToHashSet();
        foreach (var line in Write(LineProfile.GoogleCloud))
        {
            Assert.Contains(line.GetProperty("severity").GetString()!, severities);
            var special = line.EnumerateObject().Select(field => field.Name).Where(name => name.StartsWith("logging.googleapis.com/", StringComparison.Ordinal)).ToArray();
            Assert.Equal(4, special.Length);
            Assert.All(special, name => Assert.Contains("'" + name + "'", known, StringComparison.Ordinal));
        }
    }

    /// <summary>What the TypeScript compiler says of lines taken for documents of the schema.</summary>
    private static string Compile(IEnumerable<string> documents)
    {
        var node = Tool.Require("node");
        var modules = Artifact("published-schemas", "node_modules");
        var folder = Directory.CreateTempSubdirectory("ecs");
        try
        {
            var types = Path.Combine(modules, "@elastic", "ecs", "generated", "index").Replace('\\', '/');
            var file = Path.Combine(folder.FullName, "lines.ts");
            File.WriteAllText(file, $"import type {{ Ecs }} from '{types}';\n" + string.Concat(documents.Select((document, i) => $"export const line{i}: Ecs = {document};\n")));
            return Tool.Run(node, [Path.Combine(modules, "typescript", "bin", "tsc"), "--noEmit", "--strict", "--skipLibCheck", file]).Output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Dotted names are nested fields, except those of labels, as Elasticsearch reads them.</summary>
    private static JsonObject Expand(JsonElement line)
    {
        var document = new JsonObject();
        foreach (var field in line.EnumerateObject())
        {
            var at = document;
            var path = field.Name.Split('.', field.Name.StartsWith("labels.", StringComparison.Ordinal) ? 2 : int.MaxValue);
            foreach (var part in path[..^1]) at = (JsonObject)(at[part] ??= new JsonObject());
            at[path[^1]] = JsonNode.Parse(field.Value.GetRawText());
        }
        return document;
    }

    private static JsonElement Find(JsonElement element, string name)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name == name) return property.Value;
            if (property.Value.ValueKind == JsonValueKind.Object && Find(property.Value, name) is { ValueKind: JsonValueKind.Object } found) return found;
        }
        return default;
    }

    private static string Published(params string[] path) => File.ReadAllText(Artifact(path));

    private static string Artifact(params string[] path)
    {
        var file = Repository.File(["artifacts", .. path]);
        Skip.IfNot(Path.Exists(file), $"artifacts/{path[0]} is not on this machine (build/install-test-tools.sh fetches it)");
        return file;
    }

    /// <summary>A line of each level, with all that a line can have.</summary>
    private static JsonElement[] Write(LineProfile profile)
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
        for (var level = LogLevel.Trace; level < LogLevel.None; level++)
            output.Logger.Log(level, new EventId(9), new InvalidOperationException("failed", new IOException("root cause")), "order {order.id} of {@Items}", 5, new[] { 1, 2 });
        return output.Json();
    }
}
