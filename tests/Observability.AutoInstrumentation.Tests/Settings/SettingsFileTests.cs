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
    public void A_file_that_cannot_be_read_is_one_line_and_the_variables_stand(string name, string text)
    {
        var hooked = Run(name, text);
        Assert.StartsWith("OBS6007: ", Assert.Single(hooked.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("{\"", hooked.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ToolResult Run(string name, string text)
    {
        var environment = HookedRun.Hooked();
        environment["OBSERVABILITY_AUTO_SETTINGS"] = Path.Combine(_folder.FullName, name);
        File.WriteAllText(environment["OBSERVABILITY_AUTO_SETTINGS"]!, text);
        var result = HookedRun.Run(PublishedApp.Of("PlainWorker").Program, [], environment);
        Assert.Equal(0, result.ExitCode);
        return result;
    }
}
