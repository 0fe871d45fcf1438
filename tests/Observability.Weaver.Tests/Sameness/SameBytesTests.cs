using Microsoft.CodeAnalysis.Emit;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Sameness;

public class SameBytesTests
{
    private const string Source = """
        public static class Subject
        {
            public static string Run() => Text(1);
            private static string Text<T>(T value) => $"{value}";
        }
        """;

    [Theory]
    [InlineData(DebugInformationFormat.PortablePdb)]
    [InlineData(DebugInformationFormat.Embedded)]
    public void The_same_input_gives_the_same_bytes(DebugInformationFormat symbols)
    {
        var compiled = CompiledAssembly.From(Source, symbols: symbols);
        var one = WovenAssembly.Weave(compiled, new WeaveRule());
        var other = WovenAssembly.Weave(compiled, new WeaveRule());
        Assert.Equal(one.Image, other.Image);
        Assert.Equal(one.Symbols, other.Symbols);
    }

    [Fact]
    public void A_second_weave_changes_nothing()
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From(Source), new WeaveRule());
        var again = WovenAssembly.Of(new CompiledAssembly(woven.Name, woven.Image, woven.Symbols), new WeaveRule());
        Assert.Equal(WeaveOutcome.AlreadyWoven, again.Report.Outcome);
        Assert.Equal("OBS7002", Assert.Single(again.Report.Diagnostics).Id);
        Assert.Empty(again.Image);
    }

    [Fact]
    public void Where_nothing_is_picked_nothing_is_written()
    {
        var untouched = WovenAssembly.Of(CompiledAssembly.From(Source), new WeaveRule { Type = "Elsewhere.*" });
        Assert.Equal(WeaveOutcome.NothingPicked, untouched.Report.Outcome);
        Assert.Equal("OBS7011", Assert.Single(untouched.Report.Diagnostics).Id);
        Assert.Empty(untouched.Image);
    }

    [Fact]
    public void Foreign_symbols_are_told_and_done_without()
    {
        var compiled = CompiledAssembly.From(Source);
        var foreign = CompiledAssembly.From(Source.Replace("Run", "Other", StringComparison.Ordinal));
        var woven = WovenAssembly.Weave(compiled with { Symbols = foreign.Symbols }, new WeaveRule());
        Assert.Equal("OBS7013", Assert.Single(woven.Report.Diagnostics).Id);
        Assert.False(woven.Report.SymbolsWritten);
        using var loaded = new LoadedAssembly(woven);
        Assert.Equal("1", loaded.Run());
    }
}
