using System.Text;
using Observability.AutoInstrumentation.Tests.Apps;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Settings;

public sealed class SettingsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("observability-settings-");

    [Theory]
    [InlineData("settings.json", """{ "Observability": { "Logs": { "Json": false } } /* as in appsettings.json */, }""")]
    [InlineData("settings.yaml", "# as in appsettings.json\nObservability:\n  Logs:\n    Json: false\n  Traces:\n    IgnoredPaths: [/a, /b*]\n")]
    public void A_file_of_settings_is_heard(string name, string text)
    {
        var hooked = Run(name, text);
        Assert.Equal("", hooked.Error);
        Assert.DoesNotContain("\n{", hooked.Output, StringComparison.Ordinal);
        Assert.Contains("the work is done", hooked.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settings.json", "Observability:\n  Logs:")]
    [InlineData("settings.yml", "Observability: {")]
    [InlineData("settings.yaml", "&all [*all]")]
    [InlineData("settings.yaml", "? [a]\n: b")]
    [InlineData("settings.yaml", "a: 1\na: 2")]
    [InlineData("settings.yaml", "")]
    public void A_file_that_cannot_be_read_is_one_line_and_the_variables_stand(string name, string text)
    {
        var hooked = Run(name, text);
        AssertRefused(hooked);
        Assert.Contains("{\"", hooked.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: &x 1\nb:\n  c: *x\n", "line 3: the alias at 'b:c'")]
    [InlineData("a: 1\na:\n\n  b: c\n", "line 2: the key a stands twice")]
    [InlineData("a: 1\n? [a]\n: b", "line 2: a key")]
    [InlineData("a: 1\nb: c: d\n", "line 2: ")]
    [InlineData("a: 1\n\tb: 2\n", "lines 1 to 2: ")]
    [InlineData("a:\n  b: {\n c: 1\n d\n", "line 3: it is no YAML")]
    public void What_cannot_be_read_is_told_with_its_line(string text, string told)
    {
        var hooked = Run("settings.yaml", text);
        AssertRefused(hooked);
        Assert.Contains($"could not be read: {told}", hooked.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void A_file_that_lies_too_deep_is_one_line(string level) => AssertRefused(Run("settings.yaml", Repeated(level, 50_000)));

    [Fact]
    public void Aliases_that_multiply_are_one_line() =>
        AssertRefused(Run("settings.yaml", "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 5).Select(i => $"a{i}: &a{i} [{Repeated($"*a{i - 1}, ", 10)}]\n"))));

    [Theory]
    [InlineData("settings.json", "{}")]
    [InlineData("settings.yaml", "a: b")]
    public void A_file_of_more_than_a_mebibyte_is_one_line(string name, string text) => AssertRefused(Run(name, text + Repeated(" ", 1024 * 1024)));

    [SkippableFact]
    public void A_pipe_that_nobody_writes_to_is_not_waited_for()
    {
        var pipe = Path.Combine(_folder.FullName, "settings.json");
        Tool.Run(Tool.Require("mkfifo"), [pipe]);
        AssertRefused(Run(pipe));
    }

    [SkippableFact]
    public void A_file_behind_links_is_heard_as_a_config_map_is_mounted()
    {
        Skip.If(OperatingSystem.IsWindows(), "links take a right there that tests may not have");
        var version = _folder.CreateSubdirectory("..2026");
        File.WriteAllText(Path.Combine(version.FullName, "settings.yaml"), "Observability: {Logs: {Json: false}}");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "..data"), "..2026");
        var link = Path.Combine(_folder.FullName, "settings.yaml");
        File.CreateSymbolicLink(link, "..data/settings.yaml");
        var hooked = Run(link);
        Assert.Equal("", hooked.Error);
        Assert.DoesNotContain("\n{", hooked.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void AssertRefused(ToolResult hooked) => Assert.StartsWith("OBS6007: ", Assert.Single(hooked.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);

    private static string Repeated(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private ToolResult Run(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return Run(file);
    }

    private static ToolResult Run(string file)
    {
        var environment = HookedRun.Hooked();
        environment["OBSERVABILITY_AUTO_SETTINGS"] = file;
        var result = HookedRun.Run(PublishedApp.Of("PlainWorker").Program, [], environment);
        Assert.Equal(0, result.ExitCode);
        return result;
    }
}
