using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Observability.Configuration;
using Observability.Hosting;

namespace Observability.Tests.Configuration;

/// <summary>Each start listens to every source of the process.</summary>
[Collection(Alone.Name)]
public class EmptySettingTests
{
    public static TheoryData<string, string?> EverySettingWithoutAValue()
    {
        var data = new TheoryData<string, string?>();
        foreach (var path in Paths("Observability", SettingsShape.Root))
        {
            data.Add(path, null);
            data.Add(path, "");
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(EverySettingWithoutAValue))]
    public void No_setting_without_a_value_breaks_the_start_but_as_a_fault(string path, string? value)
    {
        using var provider = Configured.Services(Configured.Settings((path, value))).BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (OptionsValidationException invalid)
        {
            Assert.All(invalid.Failures, fault => Assert.StartsWith("Observability", fault, StringComparison.Ordinal));
            return;
        }
        provider.GetRequiredService<Telemetry>().Start();
    }

    private static IEnumerable<string> Paths(string path, SettingNode node)
    {
        yield return path;
        if (node.Item is { } item)
            foreach (var below in Paths(path + (node.IsMap ? ":name" : ":0"), item)) yield return below;
        foreach (var (name, setting) in node.Settings ?? new Dictionary<string, SettingNode>())
            foreach (var below in Paths(path + ":" + name, setting)) yield return below;
    }
}
