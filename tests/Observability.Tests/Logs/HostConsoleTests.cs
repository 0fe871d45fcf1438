using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Observability.Tests.Logs;

public class HostConsoleTests
{
    private static readonly Dictionary<string, Func<Action<ILoggingBuilder>, IServiceProvider>> s_hosts = new()
    {
        ["application"] = logging => Built(Host.CreateApplicationBuilder(), logging),
        ["empty"] = logging => Built(Host.CreateEmptyApplicationBuilder(null), logging),
        ["default"] = logging => Host.CreateDefaultBuilder().ConfigureLogging(logging).ConfigureServices(Add).Build().Services,
        ["web"] = logging => Built(WebApplication.CreateBuilder(), logging),
        ["slim"] = logging => Built(WebApplication.CreateSlimBuilder(), logging),
        ["empty web"] = logging => Built(EmptyWeb(), logging),
#pragma warning disable ASPDEPR008 // The host before the generic one has a default console too.
        ["legacy web"] = logging => WebHost.CreateDefaultBuilder().ConfigureLogging(logging).ConfigureServices(Add).Configure(_ => { }).Build().Services,
#pragma warning restore ASPDEPR008
    };

    private static readonly Dictionary<string, Action<ILoggingBuilder>> s_own = new()
    {
        ["json"] = logging => logging.AddJsonConsole(),
        ["systemd"] = logging => logging.AddSystemdConsole(),
        ["simple with options"] = logging => logging.AddSimpleConsole(options => options.SingleLine = true),
        ["console with options"] = logging => logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Error),
        ["options"] = logging => logging.Services.Configure<ConsoleLoggerOptions>(options => options.FormatterName = ConsoleFormatterNames.Json),
        ["instead"] = logging => logging.ClearProviders().AddConsole(),
        ["instead, simple"] = logging => logging.ClearProviders().AddSimpleConsole(),
        ["instead, with debug"] = logging => logging.ClearProviders().AddConsole().AddDebug(),
    };

    [Theory]
    [InlineData("application")]
    [InlineData("default")]
    [InlineData("web")]
    [InlineData("slim")]
    [InlineData("legacy web")]
    public void The_hosts_default_console_gives_way(string host)
    {
        Assert.Equal(0, Consoles(host, _ => { }));
        // What it adds is there already, and it says nothing else.
        Assert.Equal(0, Consoles(host, logging => logging.AddConsole()));
    }

    [Theory]
    [CombinatorialOwn]
    public void A_console_that_the_application_chose_stays(string host, string own) => Assert.Equal(1, Consoles(host, s_own[own]));

    [Theory]
    [InlineData("empty")]
    [InlineData("empty web")]
    public void A_console_that_no_host_added_stays(string host)
    {
        Assert.Equal(1, Consoles(host, logging => logging.AddConsole()));
        Assert.Equal(1, Consoles(host, logging => logging.AddSimpleConsole().Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.None)));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("instead")]
    public void So_does_one_that_is_added_after_the_call(string own)
    {
        var builder = Host.CreateApplicationBuilder();
        Add(builder.Services);
        s_own[own](builder.Logging);
        using var host = builder.Build();
        Assert.Single(host.Services.GetServices<ILoggerProvider>().OfType<ConsoleLoggerProvider>());
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

    private static int Consoles(string host, Action<ILoggingBuilder> logging)
    {
        using var services = (IDisposable)s_hosts[host](logging);
        return ((IServiceProvider)services).GetServices<ILoggerProvider>().Count(provider => provider is ConsoleLoggerProvider);
    }

    private static WebApplicationBuilder EmptyWeb()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        return builder;
    }

    private static IServiceProvider Built(IHostApplicationBuilder builder, Action<ILoggingBuilder> logging)
    {
        logging(builder.Logging);
        Add(builder.Services);
        return builder switch
        {
            HostApplicationBuilder generic => generic.Build().Services,
            var web => ((WebApplicationBuilder)web).Build().Services,
        };
    }

    private static void Add(IServiceCollection services) => services.AddObservability();

    private sealed class CombinatorialOwnAttribute : Xunit.Sdk.DataAttribute
    {
        public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) =>
            from host in s_hosts.Keys where !host.StartsWith("empty", StringComparison.Ordinal) from own in s_own.Keys select new object[] { host, own };
    }
}
