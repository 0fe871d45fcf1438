using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Observability.Tests.Logs;

public sealed class JsonLinesReloadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lines-reload").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lines_follow_a_change_of_the_section_and_a_faulty_one_is_not_used()
    {
        var path = Path.Combine(_folder, "lines.jsonl");
        var builder = Host.CreateApplicationBuilder();
        const string Section = "Observability:Logs:JsonLines:";
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [Section + "Destination"] = "File",
            [Section + "File:Path"] = path,
            [Section + "Redaction:Replacement"] = "[1]",
            ["Observability:Prometheus:Port"] = "0",
        });
        builder.Services.AddObservability();
        using (var host = builder.Build())
        {
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("A");
            logger.LogWarning("first {Password}", "x");
            Change(host, Section + "Redaction:Replacement", "[2]");
            logger.LogWarning("second {Password}", "x");
            Change(host, Section + "MaxDepth", "99");
            Change(host, Section + "Redaction:Replacement", "[3]");
            logger.LogWarning("third {Password}", "x");
        }
        var messages = File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("category").GetString() == "A").Select(line => line.GetProperty("message").GetString());
        Assert.Equal(["first [1]", "second [2]", "third [2]"], messages);
    }

    private static void Change(IHost host, string key, string value)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration[key] = value;
        configuration.Reload();
    }
}
