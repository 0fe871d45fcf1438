using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using TestPeers;

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
    [InlineData("collector-filelog.yaml", @"layout: '([^']+)'", "%f", "%f")]
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

    [Fact]
    public void Filebeat_takes_the_message_key_of_the_ECS_profile()
    {
        var key = Regex.Match(Read("filebeat.yml"), @"message_key: (\S+)").Groups[1].Value;
        Assert.True(WriteLine(LineProfile.Ecs).TryGetProperty(key, out _));
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
