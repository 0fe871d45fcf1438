using System.Text.Json;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Command;

/// <summary>The command on files in a folder.</summary>
public sealed class WeaveCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weave").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly CompiledAssembly _shop = CompiledAssembly.From("public static class Subject { public static string Run() => \"ran\"; }");

    public WeaveCommandTests()
    {
        File.WriteAllBytes(Shop, _shop.Image);
        File.WriteAllBytes(Path.ChangeExtension(Shop, ".pdb"), _shop.Symbols!);
        File.WriteAllText(Path.Combine(_folder, "native.dll"), "no assembly");
    }

    private string Shop => Path.Combine(_folder, _shop.Name + ".dll");

    [Fact]
    public void A_folder_is_woven_and_reported()
    {
        var report = Path.Combine(_folder, "report.json");
        Assert.Equal(0, Run(new WeaveRequest { Paths = [_folder], Rules = ["Subject"], ReportPath = report }));
        Assert.Contains($"{_shop.Name}: 1 methods woven", _output.ToString(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(report));
        Assert.Equal((1, 1), (json.RootElement.GetProperty("woven").GetInt32(), json.RootElement.GetProperty("methods").GetInt32()));
        using var loaded = new LoadedAssembly(_shop.Name, File.ReadAllBytes(Shop), File.ReadAllBytes(Path.ChangeExtension(Shop, ".pdb")));
        using var recorder = new SpanRecorder(_shop.Name);
        Assert.Equal("ran", loaded.Run());
        Assert.Single(recorder.Spans);
        Assert.DoesNotContain(Directory.GetFiles(_folder), file => file.EndsWith(".weaving", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dry_run_lists_the_methods_and_writes_nothing()
    {
        Assert.Equal(0, Run(new WeaveRequest { Paths = [Shop], DryRun = true }, variable: "Subject"));
        Assert.Contains("Subject.Run (Plain)", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(_shop.Image, File.ReadAllBytes(Shop));
    }

    [Fact]
    public void Wrong_paths_and_rules_end_with_2_and_their_faults()
    {
        Assert.Equal(2, Run(new WeaveRequest { Paths = [Path.Combine(_folder, "missing")] }));
        Assert.Equal(2, Run(new WeaveRequest { Paths = [Shop], Rules = ["recipe:none"] }));
        Assert.Contains("OBS7012", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(_shop.Image, File.ReadAllBytes(Shop));
    }

    [Fact]
    public void A_rule_that_picks_nothing_in_any_assembly_is_told_once_and_one_that_picks_somewhere_is_not()
    {
        var other = CompiledAssembly.From("public static class Other { public static void Work() { } }");
        File.WriteAllBytes(Path.Combine(_folder, other.Name + ".dll"), other.Image);
        var request = new WeaveRequest { Paths = [_folder], Rules = ["Subject::Run", "Sbject::Run", "[Missing]*", "recipe:MediatR"] };
        Assert.Equal(0, Run(request));
        Assert.Collection(Warnings,
            first => Assert.StartsWith("OBS7011: [*]Sbject::Run: ", first, StringComparison.Ordinal),
            second => Assert.StartsWith("OBS7011: [Missing]*::*: ", second, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_an_assembly_is_woven_already_nobody_knows_what_a_rule_would_pick()
    {
        var request = new WeaveRequest { Paths = [_folder], Rules = ["Subject::Run"] };
        Assert.Equal(0, Run(request));
        Assert.Equal(0, Run(request));
        Assert.Empty(Warnings);
    }

    [Fact]
    public void A_value_of_a_rule_that_no_method_has_is_told()
    {
        var rules = Path.Combine(_folder, "rules.json");
        File.WriteAllText(rules, """{ "rules": [ { "type": "Subject", "tags": { "order.id": "ordrId", "result": "return" } } ] }""");
        Assert.Equal(0, Run(new WeaveRequest { Paths = [_folder], RulesPath = rules }));
        Assert.Contains("\"ordrId\"", Assert.Single(Warnings, line => line.StartsWith("OBS7007: [*]Subject::*: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Warnings => _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private int Run(WeaveRequest request, string? variable = null) =>
        new WeaveCommand(_output, _error, name => name == "OBSERVABILITY_WEAVE" ? variable : null).Run(request);
}
