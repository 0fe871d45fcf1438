using System.Text;
using System.Text.RegularExpressions;
using Documentation.Tests.Markdown;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Observability;
using Observability.Logging;
using Observability.Prometheus;
using Observability.Sampling;

namespace Documentation.Tests.Configuration;

/// <summary>docs/configuration.md names every setting with its real default, and every variable that is read.</summary>
public partial class SettingsPageTests
{
    private static readonly MarkdownFile Page = MarkdownFile.Named("docs/configuration.md");

    [Fact]
    public void The_page_lists_every_setting_with_its_default_and_nothing_else()
    {
        var real = Sections().SelectMany(section => SettingList.Of(section.Name, section.Options)).Select(setting => $"| `{setting.Key}` | {setting.Value} |").ToHashSet();
        var listed = Page.TableRows()
            .Where(cells => cells[0].StartsWith($"`{ObservabilityOptions.SectionName}:", StringComparison.Ordinal))
            .SelectMany(cells => Expand(cells[0]).Select(name => $"| {name} | {cells[1]} |"))
            .ToList();
        Assert.True(real.SetEquals(listed),
            $"Not on the page, or with another default:\n{string.Join('\n', real.Except(listed))}\nOn the page, but no such setting or default:\n{string.Join('\n', listed.Except(real))}");
        Assert.Equal(listed.Count, listed.Distinct().Count());
    }

    [Fact]
    public void The_page_names_every_variable_that_the_options_are_filled_from()
    {
        var undocumented = Read(services => _ = services.GetRequiredService<IOptions<ObservabilityOptions>>().Value).Except(Variables());
        Assert.Empty(undocumented);
    }

    [Fact]
    public async Task The_page_names_no_variable_that_nothing_reads()
    {
        var read = Read(_ => { });
        await using (ObservabilitySdk.Start(options => options.Prometheus.Port = 0, configuration: Recording(read))) { }
        Assert.Empty(Variables().Except(read));
    }

    [Fact]
    public void A_JSON_example_of_the_page_is_a_valid_configuration()
    {
        var examples = Page.Blocks.Where(block => block.Language == "json").ToList();
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(example.Text))).Build();
            Assert.NotNull(OptionsFrom(configuration).Value);
        }
    }

    /// <summary>The options classes that the page is about, by the section that fills them.</summary>
    private static IEnumerable<(string Name, object Options)> Sections() =>
    [
        (ObservabilityOptions.SectionName, new ObservabilityOptions()),
        (SamplingOptions.SectionName, new SamplingOptions()),
        ("Observability:Logs:JsonLines", new JsonLinesOptions()),
        ("Observability:Prometheus", new PrometheusOptions()),
    ];

    /// <summary>The OTEL_ names that are asked for while the settings are used.</summary>
    private static HashSet<string> Read(Action<IServiceProvider> use)
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        using var services = Services(Recording(read));
        use(services);
        return read;
    }

    private static IConfigurationRoot Recording(ICollection<string> read) => new ConfigurationBuilder().Add(new RecordingSource(read)).Build();

    private static IOptions<ObservabilityOptions> OptionsFrom(IConfiguration configuration) => Services(configuration).GetRequiredService<IOptions<ObservabilityOptions>>();

    private static ServiceProvider Services(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddSingleton(configuration);
        services.AddObservability();
        return services.BuildServiceProvider();
    }

    private static HashSet<string> Variables() => [.. Page.TableRows()
        .Where(cells => cells.Length > 1)
        .SelectMany(cells => Variable().Matches(string.Join(' ', cells)).SelectMany(match => Expand(match.Value)))];

    /// <summary>`{A,B}` stands for A and for B.</summary>
    private static IEnumerable<string> Expand(string text)
    {
        var choice = Choice().Match(text);
        return choice.Success
            ? choice.Groups[1].Value.Split(',').SelectMany(word => Expand(text[..choice.Index] + word + text[(choice.Index + choice.Length)..]))
            : [text];
    }

    [GeneratedRegex("OTEL_(?:[A-Z0-9_]|{[A-Z0-9_,]+})+")]
    private static partial Regex Variable();

    [GeneratedRegex("{([^}]*)}")]
    private static partial Regex Choice();
}
