using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Sameness;

/// <summary>References that cannot be found: an optional dependency that nobody deploys, a tool that is given one file alone.</summary>
public class MissingReferenceTests
{
    private const string Library = """
        using System;
        namespace Missing;
        public enum Level : byte { Low, High = 7 }
        public struct Money { public int Cents; public int Whole => Cents / 100; }
        public class Parent { public virtual string Name => "parent"; }
        public sealed class LevelAttribute(Level level) : Attribute { public Level Value => level; public Level[]? More { get; set; } }
        """;

    private const string Code = """
        using System.Collections.Generic;
        using System.Linq;
        using System.Reflection;
        using System.Threading.Tasks;
        using Missing;

        [Level(Level.High)]
        public class Subject : Parent
        {
            public const Level Fixed = Level.High;

            public static async Task<string> Run() =>
                WDefault() + WRead() + WMoney(new Money { Cents = 250 }) + await WLater(Level.High) + string.Join("", WMany(new Subject())) + WLocal()
                + typeof(Subject).GetMethod("WMarked")!.GetCustomAttribute<LevelAttribute>()!.More!.Length + new Subject().WMarked();

            public static string WDefault(Level level = Level.High, Level? other = null, Level? third = Level.High, string text = "text", Level[]? none = null) => level.ToString() + other + third + text;
            public static string WRead(in Level level = Level.High, decimal number = 1.5m) => level.ToString() + number;
            public static string WMoney(Money money) => money.Whole.ToString();
            public static async Task<string> WLater(Level level) { await Task.Yield(); return level.ToString(); }
            public static IEnumerable<string> WMany(Parent parent) { yield return parent.Name; }
            public static string WLocal() { const Level local = Level.High; return local.ToString(); }
            [Level(Level.High, More = [Level.Low, Level.High])] public string WMarked() => Name;
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_uses_a_missing_assembly_is_woven_and_a_value_that_needs_it_is_reported(bool optimized)
    {
        using var library = new TemporaryLibrary(CompiledAssembly.From(Library, prefix: "Missing"));
        var compiled = CompiledAssembly.From(Code, optimized, references: library.Path);
        var rule = new WeaveRule { Method = "W*", Tags = new Dictionary<string, string> { ["money"] = "money", ["whole"] = "money.Whole" } };
        var woven = WovenAssembly.Weave(compiled, rule);

        Assert.Equal(7, woven.Report.Methods.Count);
        Assert.Equal(2, woven.Report.Diagnostics.Count(diagnostic => diagnostic is { Id: "OBS7007", Subject: "Subject.WMoney" } && !diagnostic.Message.Contains("no such parameter", StringComparison.Ordinal)));
        Assert.Equal(library.Run(compiled), library.Run(woven));
        using var recorder = new SpanRecorder(woven.Name);
        Assert.Equal(library.Run(compiled), library.Run(woven));
        Assert.Equal(7, recorder.Spans.Count);
    }

    [Fact]
    public void A_file_alone_without_any_reference_is_woven()
    {
        using var library = new TemporaryLibrary(CompiledAssembly.From(Library, prefix: "Missing"));
        var compiled = CompiledAssembly.From(Code.Replace("[Level(Level.High, More", "[Observability.Traced(\"marked\", Kind = System.Diagnostics.ActivityKind.Client), Level(Level.High, More", StringComparison.Ordinal), references: library.Path);
        using var output = new MemoryStream();
        using var symbols = new MemoryStream();
        var report = new AssemblyWeaver(new WeaveOptions { Rules = [new WeaveRule { Method = "W*" }] }).Weave(compiled.Name, new MemoryStream(compiled.Image), new MemoryStream(compiled.Symbols!), output, symbols);

        Assert.True(report.Outcome == WeaveOutcome.Woven, string.Join('\n', report.Diagnostics));
        var woven = new WovenAssembly(compiled.Name, output.ToArray(), symbols.ToArray(), report);
        using var recorder = new SpanRecorder(woven.Name);
        Assert.Equal(library.Run(compiled), library.Run(woven));
        Assert.Contains("marked", recorder.Lines);
        Assert.Equal(7, recorder.Spans.Count);
    }

    [Fact]
    public void A_method_whose_attribute_needs_a_missing_type_is_left_and_reported_and_its_neighbours_are_woven()
    {
        var compiled = CompiledAssembly.From("""
            public static class Subject
            {
                [Observability.Traced("unknown", Kind = System.Diagnostics.ActivityKind.Client)] public static int Asked() => 1;
                [Observability.Traced("known")] public static int Other() => 2;
                public static string Run() => Asked() + " " + Other();
            }
            """);
        // The type of a named argument stands there as text: another one, of an assembly that is there but does not have it.
        var text = "System.Diagnostics.ActivityKind,"u8;
        var image = compiled.Image.ToArray();
        image[image.AsSpan().IndexOf(text) + text.Length - 2] = (byte)'t';
        var woven = WovenAssembly.Weave(compiled with { Image = image });

        var left = Assert.Single(woven.Report.Diagnostics);
        Assert.Equal(("OBS7006", "Subject.Asked", true), (left.Id, left.Subject, left.IsWarning));
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name);
        Assert.Equal("1 2", loaded.Run());
        Assert.Equal(["known"], recorder.Lines);
    }
}
