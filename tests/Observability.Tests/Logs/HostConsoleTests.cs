using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Observability.Tests.Logs;

public class HostConsoleTests
{
    [Fact]
    public void The_hosts_default_console_gives_way()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddObservability();
        using var host = builder.Build();
        Assert.DoesNotContain(host.Services.GetServices<ILoggerProvider>(), provider => provider is ConsoleLoggerProvider);
    }

    [Fact]
    public void It_stays_when_JSON_lines_are_switched_off()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Observability:Logs:Json"] = "false" });
        builder.Services.AddObservability();
        using var host = builder.Build();
        Assert.Contains(host.Services.GetServices<ILoggerProvider>(), provider => provider is ConsoleLoggerProvider);
    }

    [Fact]
    public void A_console_that_the_application_chose_stays()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddConsole();
        builder.Services.AddObservability();
        using var host = builder.Build();
        Assert.Contains(host.Services.GetServices<ILoggerProvider>(), provider => provider is ConsoleLoggerProvider);
    }
}
