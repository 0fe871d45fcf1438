using Microsoft.Diagnostics.NETCore.Client;
using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Weaving;

/// <summary>Weaving at start-up: a program that is run anew in its own place, with the packed payload.</summary>
public sealed class WeavingTests : IDisposable
{
    private static readonly PublishedApp App = PublishedApp.Of("PlainConsole");

    private readonly WeaveCache _cache = new();

    public void Dispose() => _cache.Dispose();

    [SkippableTheory]
    [InlineData("a,b c,--help")]
    [InlineData("read")]
    [InlineData("where,exit=41")]
    [InlineData("throw")]
    [InlineData("child=variables")]
    public void A_woven_program_behaves_the_same(string arguments)
    {
        LinuxOnly();
        var list = arguments.Split(',');
        var bare = HookedRun.Run(App.Program, list, Sameness.Bare, input: "some input");
        var woven = HookedRun.Run(App.Program, list, _cache.Variables(), input: "some input");
        Sameness.Check(bare, woven);
        // The frames and lines of a crash too.
        Assert.Equal(bare.Error, woven.Error);
        Assert.Single(_cache.Entries);
    }

    [SkippableFact]
    public void It_is_woven_once_runs_anew_once_and_not_at_all_where_the_variables_are_there()
    {
        LinuxOnly();
        Assert.Equal("second life, woven assembly", Lives(_cache.Variables()));
        var woven = Directory.GetLastWriteTimeUtc(_cache.Entries.Single());
        Assert.Equal("second life, woven assembly", Lives(_cache.Variables()));
        Assert.Equal(woven, Directory.GetLastWriteTimeUtc(_cache.Entries.Single()));
        Assert.Equal("first life, woven assembly", Lives(_cache.PresetVariables()));
        Assert.Equal("first life, own assembly", Lives(HookedRun.Hooked()));
    }

    [SkippableFact]
    public void Children_inherit_nothing_of_it_and_what_others_had_in_the_variables_stays()
    {
        LinuxOnly();
        foreach (var given in new[] { _cache.Variables(), _cache.PresetVariables() })
        {
            given["DOTNET_SHARED_STORE"] = (given.GetValueOrDefault("DOTNET_SHARED_STORE") is { } own ? own + ":" : "") + "/another/store";
            var run = HookedRun.Run(App.Program, ["variables"], given);
            Assert.Contains("DOTNET_ADDITIONAL_DEPS=\nDOTNET_SHARED_STORE=/another/store\nOBSERVABILITY_WOVEN=\n", run.Output, StringComparison.Ordinal);
            Assert.Equal("", run.Error);
        }
    }

    [SkippableFact]
    public async Task Its_spans_are_exported()
    {
        LinuxOnly();
        await using var receiver = await Receiver.Start();
        var variables = HookedRun.SendingTo(receiver);
        variables["OBSERVABILITY_WEAVE"] = "Program";
        variables["OBSERVABILITY_WEAVE_CACHE"] = _cache.Folder;
        // Cold and warm: how soon Main comes to its first span must not matter.
        for (var run = 1; run <= 4; run++)
        {
            Assert.Equal(3, HookedRun.Run(App.Program, [], variables).ExitCode);
            Assert.Equal(run, receiver.Spans.Count(span => span.Name == "the whole of Main"));
        }
        var main = await receiver.WaitForSpan(span => span.Name.StartsWith("Program.", StringComparison.Ordinal));
        var inner = await receiver.WaitForSpan(span => span.Name == "the whole of Main");
        Assert.Equal(main.SpanId, inner.ParentSpanId);
    }

    [SkippableFact]
    public async Task The_diagnostics_server_answers_after_the_process_was_run_anew()
    {
        LinuxOnly();
        await using var program = RunningProcess.Start(App.Program, ["lives", "number", "linger"], _cache.Variables(), _cache.Folder);
        await program.WaitUntil(() => program.Output.Any(line => int.TryParse(line, out _)), HookedRun.Patience, "the program says its number");
        Assert.Contains("second life, woven assembly", program.Output);
        var number = int.Parse(program.Output.First(line => int.TryParse(line, out _)), System.Globalization.CultureInfo.InvariantCulture);
        var variables = new DiagnosticsClient(number).GetProcessEnvironment();
        Assert.Equal(_cache.Folder, variables["OBSERVABILITY_WEAVE_CACHE"]);
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"*-{number}-*.aside"));
    }

    [SkippableFact]
    public void A_cache_that_others_may_write_to_is_told_and_not_used()
    {
        LinuxOnly();
#pragma warning disable CA1416 // Linux only, as is said above.
        File.SetUnixFileMode(_cache.Folder, File.GetUnixFileMode(_cache.Folder) | UnixFileMode.OtherWrite);
#pragma warning restore CA1416
        var run = HookedRun.Run(App.Program, ["lives", "variables"], _cache.PresetVariables());
        Assert.Contains("first life, own assembly", run.Output, StringComparison.Ordinal);
        Assert.Contains("DOTNET_ADDITIONAL_DEPS=\nDOTNET_SHARED_STORE=\n", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("OBS7014: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(_cache.Entries);
    }

    [SkippableFact]
    public void A_wrong_rule_is_told_and_the_program_runs_unwoven()
    {
        LinuxOnly();
        var variables = _cache.Variables();
        variables["OBSERVABILITY_WEAVE"] = "recipe:none";
        var run = HookedRun.Run(App.Program, ["lives"], variables);
        Assert.Equal((3, "first life, own assembly"), (run.ExitCode, run.Output.Split('\n')[2]));
        Assert.Contains("OBS7012", run.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Where_nothing_is_picked_the_process_is_not_run_anew()
    {
        LinuxOnly();
        var variables = _cache.Variables();
        variables["OBSERVABILITY_WEAVE"] = "Nothing.Of.This.Name";
        Assert.Equal("first life, own assembly", Lives(variables));
        Assert.Equal("first life, own assembly", Lives(variables));
        Assert.Single(_cache.Entries);
    }

    [SkippableFact]
    public void An_entry_of_which_a_part_was_cleaned_away_is_woven_again()
    {
        LinuxOnly();
        Assert.Equal("second life, woven assembly", Lives(_cache.Variables()));
        foreach (var file in Directory.GetFiles(_cache.Entries.Single(), "*.dll", SearchOption.AllDirectories)) File.Delete(file);
        Assert.Equal("second life, woven assembly", Lives(_cache.PresetVariables()));
    }

    [SkippableFact]
    public void A_process_that_was_run_anew_without_its_woven_assemblies_is_not_run_anew_again()
    {
        LinuxOnly();
        // A shell becomes the program, so that the mark can hold the program's own number before it begins.
        var variables = _cache.Variables();
        variables["OBSERVABILITY_WEAVE"] = "Program";
        Assert.Equal("second life, woven assembly", Lives(_cache.Variables()));
        var run = HookedRun.Run("sh", ["-c", $"OBSERVABILITY_WOVEN=$$:{_cache.Entries.Single()} exec {App.Program} lives"], variables);
        Assert.Contains("own assembly", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("OBS7016: ", run.Error, StringComparison.Ordinal);
    }

    private static string Lives(Dictionary<string, string?> variables)
    {
        var run = HookedRun.Run(App.Program, ["lives"], variables);
        Assert.Equal("", run.Error);
        return run.Output.Split('\n')[2];
    }

    private static void LinuxOnly() => Skip.IfNot(OperatingSystem.IsLinux(), "only Linux can replace a running process");
}
