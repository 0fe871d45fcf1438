using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Observability.Logging.Tests;

public class ControlTests
{
    [Fact]
    public void A_template_beyond_its_rate_is_held_back_counted_and_reported()
    {
        var sink = new MemorySink();
        var output = new LogOutput(options =>
        {
            options.RateLimit.LinesPerSecond = 0.001;
            options.RateLimit.Burst = 5;
        }, sink: sink);
        for (var i = 0; i < 100; i++)
        {
            output.Logger.LogInformation("often {Number}", i);
            output.Logger.LogError("error {Number}", i);
        }
        output.Logger.LogInformation("rare");
        output.Dispose();
        var lines = sink.ToArray().AsLines().Select(LogOutput.Parse).ToArray();
        Assert.Equal(5, lines.Count(line => line.GetProperty("message").GetString()!.StartsWith("often", StringComparison.Ordinal)));
        Assert.Equal(100, lines.Count(line => line.GetProperty("level").GetString() == "error"));
        Assert.Contains(lines, line => line.GetProperty("message").GetString() == "rare");
        var reports = lines.Where(line => line.TryGetProperty("suppressed", out _)).ToArray();
        Assert.Equal(95, reports.Sum(line => line.GetProperty("suppressed").GetInt64()));
        Assert.All(reports, line => Assert.Equal("often {Number}", line.GetProperty("suppressed_template").GetString()));
        Assert.Equal(95, output.Provider.Health.SuppressedLines);
    }

    [Fact]
    public void Lines_of_sampled_traces_and_without_a_trace_stay_and_unsampled_traces_keep_all_or_none()
    {
        using var output = new LogOutput(options => options.TraceSampling.UnsampledRatio = 0.5);
        output.Logger.LogInformation("{Kind}", "none");
        var kept = 0;
        for (var i = 0; i < 200; i++)
        {
            using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
            activity.ActivityTraceFlags = i % 2 == 0 ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
            output.Logger.LogInformation("{Kind}", activity.Recorded ? "sampled" : "unsampled");
            output.Logger.LogInformation("{Kind}", activity.Recorded ? "sampled" : "unsampled");
        }
        var lines = output.Json().Where(line => line.TryGetProperty("Kind", out _)).ToArray();
        Assert.Equal(1, lines.Count(line => line.GetProperty("Kind").GetString() == "none"));
        Assert.Equal(200, lines.Count(line => line.GetProperty("Kind").GetString() == "sampled"));
        foreach (var trace in lines.Where(line => line.GetProperty("Kind").GetString() == "unsampled").GroupBy(line => line.GetProperty("trace_id").GetString()))
        {
            Assert.Equal(2, trace.Count());
            kept++;
        }
        Assert.InRange(kept, 20, 80);
        Assert.Equal(200 - (kept * 2), output.Provider.Health.SuppressedLines);
    }

    [Fact]
    public void Levels_and_settings_follow_a_reload_and_a_faulty_one_is_not_used()
    {
        var configuration = new ConfigurationManager();
        configuration["Logging:JsonLines:LogLevel:Default"] = "Warning";
        configuration["Logging:JsonLines:Redaction:Replacement"] = "[1]";
        var sink = new MemorySink();
        using (var provider = Services(configuration, sink).BuildServiceProvider())
        {
            var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("A");
            logger.LogInformation("refused");
            logger.LogWarning("first {Password}", "x");
            configuration["Logging:JsonLines:LogLevel:Default"] = "Information";
            configuration["Logging:JsonLines:Redaction:Replacement"] = "[2]";
            ((IConfigurationRoot)configuration).Reload();
            logger.LogInformation("second {Password}", "x");
            configuration["Logging:JsonLines:MaxDepth"] = "99";
            configuration["Logging:JsonLines:Redaction:Replacement"] = "[3]";
            ((IConfigurationRoot)configuration).Reload();
            logger.LogInformation("third {Password}", "x");
        }
        Assert.Equal(["first [1]", "second [2]", "third [2]"], sink.ToArray().AsLines().Select(line => LogOutput.Parse(line).GetProperty("message").GetString()));
    }

    [Fact]
    public void A_reload_forgets_no_line_that_was_held_back()
    {
        var configuration = new ConfigurationManager();
        configuration["Logging:JsonLines:RateLimit:LinesPerSecond"] = "0.001";
        configuration["Logging:JsonLines:RateLimit:Burst"] = "5";
        configuration["Logging:JsonLines:TraceSampling:UnsampledRatio"] = "0";
        var sink = new MemorySink();
        using (var provider = Services(configuration, sink).BuildServiceProvider())
        {
            var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("A");
            for (var i = 0; i < 100; i++) logger.LogInformation("often {Number}", i);
            using (new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start()) logger.LogInformation("unsampled");
            configuration["Logging:JsonLines:RateLimit:LinesPerSecond"] = "0";
            configuration["Logging:JsonLines:TraceSampling:UnsampledRatio"] = "1";
            ((IConfigurationRoot)configuration).Reload();
            logger.LogInformation("often {Number}", 100);
        }
        var lines = sink.ToArray().AsLines().Select(LogOutput.Parse).ToArray();
        Assert.Equal(6, lines.Count(line => line.TryGetProperty("Number", out _)));
        Assert.Equal(["rate limit 95", "trace sampling 1"], lines.Where(line => line.TryGetProperty("suppressed", out _))
            .GroupBy(line => line.GetProperty("suppressed_by").GetString(), line => line.GetProperty("suppressed").GetInt64()).Select(by => $"{by.Key} {by.Sum()}").Order());
    }

    [Fact]
    public void Every_fault_of_the_settings_is_listed_at_once()
    {
        var result = new JsonLinesOptionsValidator().Validate(null, new JsonLinesOptions
        {
            MaxLineBytes = 1,
            MaxDepth = 0,
            Profile = (LineProfile)77,
            Destination = LineDestination.File,
            Redaction = { Patterns = ["(?<=lookbehind)x", "("], Names = ["--"] },
            RateLimit = { LinesPerSecond = -1 },
            TraceSampling = { UnsampledRatio = double.NaN },
        });
        Assert.True(result.Failed);
        foreach (var where in new[] { "MaxLineBytes", "MaxDepth", "Profile", "File:Path", "Redaction:Patterns:0", "Redaction:Patterns:1", "Redaction:Names:0", "RateLimit:LinesPerSecond", "TraceSampling:UnsampledRatio" })
            Assert.Contains(result.Failures, failure => failure.StartsWith(where, StringComparison.Ordinal));
        Assert.True(new JsonLinesOptionsValidator().Validate(null, new JsonLinesOptions()).Succeeded);
    }

    [Fact]
    public void Values_that_cannot_be_read_are_listed_with_the_other_faults()
    {
        var configuration = new ConfigurationManager();
        foreach (var (name, value) in new[] { ("Profile", "Nope"), ("RateLimit:UpTo", "Loud"), ("LingerMilliseconds", "soon"), ("MaxLineBytes", "5"), ("MaxDepth", "99") })
            configuration["Logging:JsonLines:" + name] = value;
        using var services = Services(configuration, new MemorySink()).BuildServiceProvider();
        var failures = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<ILoggerFactory>().CreateLogger("A")).Failures.ToArray();
        foreach (var where in new[] { "Profile is 'Nope'", "RateLimit:UpTo is 'Loud'", "LingerMilliseconds is 'soon'", "MaxLineBytes is 5", "MaxDepth is 99" })
            Assert.Contains(failures, failure => failure.StartsWith(where, StringComparison.Ordinal));
    }

    [Fact]
    public void A_fault_ends_the_start()
    {
        using var services = new ServiceCollection().AddLogging(logging => logging.AddJsonLines(options => options.MaxItems = 0)).BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<ILoggerFactory>().CreateLogger("A"));
    }

    [Fact]
    public void A_second_call_adds_its_settings_and_no_second_logger()
    {
        var services = new ServiceCollection().AddLogging(logging => logging.AddJsonLines(options => options.Service = "a").AddJsonLines(options => options.ServiceVersion = "1"));
        Assert.Single(services, service => service.ServiceType == typeof(ILoggerProvider));
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<JsonLinesOptions>>().Value;
        Assert.Equal(("a", "1"), (options.Service, options.ServiceVersion));
    }

    private static IServiceCollection Services(ConfigurationManager configuration, MemorySink sink) => new ServiceCollection().AddLogging(logging =>
    {
        logging.AddConfiguration(configuration.GetSection("Logging")).AddJsonLines(options => options.Rendering = LineRendering.Json);
        logging.Services.Remove(logging.Services.First(service => service.ServiceType == typeof(ILoggerProvider)));
        logging.Services.AddSingleton<ILoggerProvider>(provider => new JsonLinesLoggerProvider(provider.GetRequiredService<LiveOptions>(), TimeProvider.System, (_, _) => sink));
    });
}
