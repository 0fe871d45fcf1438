using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using TestPeers;
using YamlDotNet.RepresentationModel;

namespace Observability.Logging.Tests;

/// <summary>The shipped configurations by their documented rules: every field that they name is in a line, every time format reads its timestamp.</summary>
public class ShipperConfigurationTests
{
    [Theory]
    [InlineData("promtail.yaml", @"(?:source|level|service|trace_id|span_id|timestamp): (timestamp|level|service|trace_id|span_id)\b")]
    [InlineData("alloy.alloy", "= \"(timestamp|level|service|trace_id|span_id)\"")]
    [InlineData("collector-filelog.yaml", @"(?:parse_from|from): attributes\.(\w+)")]
    [InlineData("fluent-bit.conf", @"\$(service|level|trace_id|span_id)\b")]
    [InlineData("fluent-bit-parsers.conf", @"Time_Key\s+(\w+)")]
    [InlineData("fluentd.conf", @"\btime_key (\w+)")]
    public void Every_field_that_a_configuration_names_is_in_a_line(string file, string field)
    {
        var line = WriteLine(LineProfile.Default);
        var names = Regex.Matches(Read(file), field).Select(match => match.Groups[1].Value).Distinct().ToArray();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(line.TryGetProperty(name, out _), name));
    }

    [SkippableTheory]
    [InlineData("fluent-bit-parsers.conf", @"Time_Format\s+(\S+)", "%L", "%f")]
    [InlineData("fluentd.conf", @"time_format (\S+)", "%N", "%f")]
    [InlineData("collector-filelog.yaml", "layout: '([^']+)'", "%f", "%f")]
    public void The_time_format_reads_the_lines_timestamp(string file, string pattern, string fraction, string pythons)
    {
        var python = Tool.Require("python3");
        var format = Regex.Match(Read(file), pattern).Groups[1].Value.Replace(fraction, pythons, StringComparison.Ordinal);
        var result = Tool.Run(python, ["-c", "import datetime,sys; print(datetime.datetime.strptime(sys.argv[1], sys.argv[2]))", WriteLine(LineProfile.Default).GetProperty("timestamp").GetString()!, format]);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [SkippableFact]
    public void Fluentds_own_time_engine_reads_the_lines_timestamp_by_its_time_format()
    {
        var ruby = Tool.Require("ruby");
        var format = Regex.Match(Read("fluentd.conf"), @"time_format (\S+)").Groups[1].Value;
        var timestamp = WriteLine(LineProfile.Default).GetProperty("timestamp").GetString()!;
        var result = Tool.Run(ruby, ["-rstrptime", "-e", "puts Strptime.new(ARGV[0]).exec(ARGV[1]).utc.strftime('%Y-%m-%dT%H:%M:%S.%6NZ')", format, timestamp]);
        Skip.If(result.Error.Contains("cannot load such file", StringComparison.Ordinal), "the strptime gem is not on this machine (build/install-test-tools.sh installs it on Debian and Ubuntu)");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(timestamp, result.Output.Trim());
    }

    [SkippableFact]
    public void Gos_own_parsers_read_every_line_with_the_layouts_of_the_configurations()
    {
        // Promtail, Alloy, the Collector and Filebeat are written in Go and parse lines and times by its standard library.
        var go = Tool.Require("go");
        using var output = new LogOutput();
        foreach (var text in Corpora.Texts) output.Logger.LogError(new InvalidOperationException(text), "{Value}", text);
        var folder = Directory.CreateTempSubdirectory("go");
        try
        {
            var file = Path.Combine(folder.FullName, "main.go");
            File.WriteAllText(file, GoProgram);
            var result = Tool.Run(go, ["run", file, Layout("promtail.yaml", @"format: (\S+)"), Layout("alloy.alloy", "format = \"(\\S+)\""), Layout("collector-filelog.yaml", "layout: '([^']+)'")], output.Text(),
                TimeSpan.FromMinutes(3), environment: new Dictionary<string, string?> { ["TZ"] = "America/New_York", ["GOCACHE"] = Path.Combine(folder.FullName, "cache"), ["GOFLAGS"] = "-mod=mod" });
            Assert.True(result.ExitCode == 0, result.ToString());
            Assert.Equal(Corpora.Texts.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), result.Output.Trim());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What the Collector's documentation of timestamps, and Promtail's of its formats, give as Go's layout.</summary>
    private static string Layout(string file, string pattern) => Regex.Match(Read(file), pattern).Groups[1].Value
        .Replace("RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00", StringComparison.Ordinal).Replace("%Y", "2006", StringComparison.Ordinal).Replace("%m", "01", StringComparison.Ordinal)
        .Replace("%d", "02", StringComparison.Ordinal).Replace("%H", "15", StringComparison.Ordinal).Replace("%M", "04", StringComparison.Ordinal).Replace("%S", "05", StringComparison.Ordinal)
        .Replace("%f", "999999", StringComparison.Ordinal).Replace("%z", "Z0700", StringComparison.Ordinal);

    private const string GoProgram = """
        package main

        import (
        	"bufio"
        	"encoding/json"
        	"fmt"
        	"os"
        	"strings"
        	"time"
        )

        func main() {
        	lines := 0
        	input := bufio.NewScanner(os.Stdin)
        	for input.Scan() {
        		var line map[string]interface{}
        		if fault := json.Unmarshal(input.Bytes(), &line); fault != nil {
        			panic(fault)
        		}
        		text := line["timestamp"].(string)
        		for _, layout := range os.Args[1:] {
        			at, fault := time.ParseInLocation(layout, text, time.Local)
        			if fault != nil || !strings.HasPrefix(text, at.UTC().Format("2006-01-02T15:04:05.999999")) {
        				panic(fmt.Sprint(layout, " ", text, " ", at, " ", fault))
        			}
        		}
        		lines++
        	}
        	if fault := input.Err(); fault != nil {
        		panic(fault)
        	}
        	fmt.Println(lines)
        }
        """;

    [Fact]
    public void Filebeat_takes_the_message_key_of_the_ECS_profile()
    {
        var key = Regex.Match(Read("filebeat.yml"), @"message_key: (\S+)").Groups[1].Value;
        Assert.True(WriteLine(LineProfile.Ecs).TryGetProperty(key, out _));
    }

    [Fact]
    public void Filebeat_follows_the_symbolic_links_that_container_logs_are()
    {
        var input = Yaml("filebeat.yml")["filebeat.inputs"][0];
        Assert.StartsWith("/var/log/containers/", input["paths"][0].ToString(), StringComparison.Ordinal);
        Assert.Equal("true", input["prospector.scanner.symlinks"].ToString());
    }

    [Fact]
    public void The_collectors_container_operator_has_the_files_path()
    {
        var receiver = Yaml("collector-filelog.yaml")["receivers"]["filelog"];
        Assert.Equal("container", receiver["operators"][0]["type"].ToString());
        Assert.Equal("true", receiver["include_file_path"].ToString());
    }

    /// <summary>Promtail's envsubst replaces what is in braces and halves two dollars; without its flag it leaves all as it is.</summary>
    [Fact]
    public void Promtails_variable_is_expanded_and_the_group_of_its_path_is_not()
    {
        var text = Read("promtail.yaml");
        Assert.Contains("# Run with -config.expand-env=true", text, StringComparison.Ordinal);
        Assert.Equal(["LOKI_URL"], Regex.Matches(text, @"\$\{(\w+)\}").Select(match => match.Groups[1].Value).Distinct());
        var path = Yaml("promtail.yaml")["scrape_configs"][0]["relabel_configs"][0]["replacement"].ToString();
        Assert.Contains("$1", path, StringComparison.Ordinal);
        Assert.DoesNotContain("$$", path, StringComparison.Ordinal);
    }

    [Fact]
    public void Fluentd_reads_new_files_from_the_head_and_rotated_ones_once_when_its_path_has_a_star()
    {
        var source = Regex.Match(Read("fluentd.conf"), "<source>(.*?)</source>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Matches(@"(?m)^  path .*\*", source);
        Assert.Matches("(?m)^  read_from_head true$", source);
        Assert.Matches("(?m)^  follow_inodes true$", source);
    }

    [Fact]
    public void Fluent_Bit_loads_the_parsers_that_are_shipped_beside_its_configuration()
    {
        var text = Read("fluent-bit.conf");
        var parsers = Regex.Match(text, @"Parsers_File\s+(\S+)").Groups[1].Value;
        Assert.Contains($"Name         {Regex.Match(text, @"\bParser\s+(\S+)").Groups[1].Value}", Read(parsers), StringComparison.Ordinal);
        Assert.Equal([parsers], Regex.Matches(text, @"[\w-]+\.conf").Select(match => match.Value).Distinct());
    }

    private static YamlNode Yaml(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Read(file)));
        return stream.Documents[0].RootNode;
    }

    private static string Read(string file) => File.ReadAllText(Repository.File("docs", "log-shippers", file));

    private static JsonElement WriteLine(LineProfile profile)
    {
        using var output = new LogOutput(options => options.Profile = profile);
        using var activity = new System.Diagnostics.Activity("work").SetIdFormat(System.Diagnostics.ActivityIdFormat.W3C).Start();
        output.Logger.LogInformation("hello");
        return output.One();
    }
}
