using System.Diagnostics;
using Microsoft.CodeAnalysis.CSharp;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Selection;

public class TracedAttributeTests
{
    [Fact]
    public void It_names_the_span_its_kind_and_its_tags()
    {
        var span = Assert.Single(Spans("""
            using Observability;
            using System.Diagnostics;
            public static class Subject
            {
                [Traced("place order", Kind = ActivityKind.Client, Tags = ["order.id=id", "count", "system==shop"], Return = "order.total")]
                private static decimal Place(string id, int count) => 2.5m * count;
                public static string Run() => Place("A-1", 4).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            """));
        Assert.Equal(("place order", ActivityKind.Client), (span.DisplayName, span.Kind));
        Assert.Equal("A-1", span.GetTagItem("order.id"));
        Assert.Equal(4, span.GetTagItem("count"));
        Assert.Equal("shop", span.GetTagItem("system"));
        Assert.Equal("10.0", span.GetTagItem("order.total"));
        Assert.Equal("Subject.Place", span.GetTagItem("code.function.name"));
    }

    [Fact]
    public void In_the_language_of_NET_Standard_it_compiles_and_names_the_kind_too()
    {
        var compiled = CompiledAssembly.From("""
            public static class Subject
            {
                [Observability.Traced("place order", Kind = System.Diagnostics.ActivityKind.Client, Tags = new[] { "id" })]
                public static string Place(string id) { return id; }
                public static string Run() { return Place("A-1"); }
            }
            """, parsing: new CSharpParseOptions(LanguageVersion.CSharp7_3));
        using var loaded = new LoadedAssembly(WovenAssembly.Weave(compiled));
        using var recorder = new SpanRecorder(compiled.Name);
        Assert.Equal("A-1", loaded.Run());
        Assert.Equal(("place order", ActivityKind.Client), Assert.Single(recorder.Spans.Select(span => (span.DisplayName, span.Kind))));
    }

    [Fact]
    public void A_kind_that_is_none_leaves_the_method_with_a_warning()
    {
        var woven = WovenAssembly.Of(CompiledAssembly.From("public static class Subject { [Observability.Traced(Kind = \"client\")] public static void Place() { } }", parsing: new CSharpParseOptions(LanguageVersion.CSharp7_3)));
        var diagnostic = Assert.Single(woven.Report.Diagnostics);
        Assert.Equal(("OBS7006", "Subject.Place", true), (diagnostic.Id, diagnostic.Subject, diagnostic.IsWarning));
        Assert.Contains("Kind", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_an_async_method_it_names_the_tags_too()
    {
        var span = Assert.Single(Spans("""
            using Observability;
            using System.Threading.Tasks;
            public class Shop<T>
            {
                [Traced(Tags = ["id", "unused"], Return = "result")]
                public async Task<string> Place(T id, int unused) { await Task.Yield(); return "placed " + id; }
            }
            public static class Subject { public static Task<string> Run() => new Shop<int>().Place(7, 0); }
            """));
        Assert.Equal(7, span.GetTagItem("id"));
        Assert.Equal(0, span.GetTagItem("unused"));
        Assert.Equal("placed 7", span.GetTagItem("result"));
    }

    [Fact]
    public void On_a_type_it_speaks_for_the_public_methods()
    {
        Assert.Equal(["Shop.Place"], Spans("""
            using Observability;
            [Traced]
            public class Shop
            {
                public string Place() => Hidden() + Name;
                internal string Hidden() => "hidden";
                public string Name => "name";
            }
            public static class Subject { public static string Run() => new Shop().Place(); }
            """).Select(span => span.DisplayName));
    }

    [Fact]
    public void On_properties_constructors_and_local_functions_it_speaks_for_them()
    {
        Assert.Equal(["Shop..ctor", "Shop.get_Name", "Subject.Run.Local"], Spans("""
            using Observability;
            public class Shop
            {
                [Traced] public Shop() { }
                [Traced] public string Name { get => "name"; }
            }
            public static class Subject
            {
                public static string Run()
                {
                    return new Shop().Name + Local();
                    [Traced] static string Local() => "local";
                }
            }
            """).Select(span => span.DisplayName));
    }

    [Fact]
    public void A_method_that_cannot_be_woven_is_a_warning_when_it_carries_the_attribute()
    {
        var woven = WovenAssembly.Of(CompiledAssembly.From("public abstract class Subject { [Observability.Traced] public abstract void Nothing(); }"));
        var diagnostic = Assert.Single(woven.Report.Diagnostics);
        Assert.Equal(("OBS7003", true), (diagnostic.Id, diagnostic.IsWarning));
    }

    [Theory]
    [InlineData("", "[Observability.Traced] ")]
    [InlineData("[assembly: Observability.Traced] ", "")]
    public void Methods_that_it_picks_through_a_type_or_an_assembly_are_left_without_a_warning(string onAssembly, string onType)
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From($"{onAssembly}{onType}public abstract class Subject {{ public abstract void Nothing(); public static string Run() => \"ran\"; }}"));
        var diagnostic = Assert.Single(woven.Report.Diagnostics);
        Assert.Equal(("OBS7003", "Subject.Nothing", false), (diagnostic.Id, diagnostic.Subject, diagnostic.IsWarning));
    }

    [Fact]
    public void It_speaks_for_what_is_named_like_what_compilers_make()
    {
        Assert.Equal(["Version.CompareTo", "Version.get_Value", "Hidden.Work"], Spans("""
            using System;
            using Observability;
            public interface IHolder<T> { T Value { get; } }
            public sealed class Version : IComparable<string>, IHolder<int>
            {
                [Traced] int IComparable<string>.CompareTo(string other) => 1;
                [Traced] int IHolder<int>.Value => 2;
            }
            file static class Hidden { [Traced] public static string Work() => "hidden"; }
            public static class Subject { public static string Run() => $"{((IComparable<string>)new Version()).CompareTo("")} {((IHolder<int>)new Version()).Value} {Hidden.Work()}"; }
            """).Select(span => span.DisplayName));
    }

    [Fact]
    public void A_value_that_it_asks_for_and_that_cannot_be_had_is_a_warning()
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From("""
            using System.Collections.Generic;
            public sealed class Subject
            {
                [Observability.Traced(Tags = ["unused"])] public static IEnumerable<int> Items(int unused) { yield return 1; }
            }
            """));
        var diagnostic = Assert.Single(woven.Report.Diagnostics);
        Assert.Equal(("OBS7007", true), (diagnostic.Id, diagnostic.IsWarning));
    }

    [Theory]
    [InlineData("order.id=ordrId")]
    [InlineData("ordrId")]
    [InlineData("order.id=id.Lenght")]
    [InlineData("order.token=tokn")]
    public void A_misspelt_name_of_a_value_is_a_warning(string tag)
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From($$"""public static class Subject { [Observability.Traced(Tags = ["{{tag}}"])] public static void Place(string id, string token) { } }"""));
        var diagnostic = Assert.Single(woven.Report.Diagnostics);
        Assert.Equal(("OBS7007", "Subject.Place", true), (diagnostic.Id, diagnostic.Subject, diagnostic.IsWarning));
    }

    [Fact]
    public void A_value_that_no_method_of_a_type_has_is_one_warning_and_one_that_some_have_is_none()
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From("""
            [Observability.Traced(Tags = ["id", "ordrId"])]
            public static class Subject
            {
                public static void Place(string id) { }
                public static void Cancel(string id) { }
                public static void List() { }
            }
            """));
        var diagnostic = Assert.Single(woven.Report.Diagnostics, diagnostic => diagnostic.IsWarning);
        Assert.Equal("OBS7007", diagnostic.Id);
        Assert.Contains("\"ordrId\"", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_an_async_method_that_does_not_use_its_object_it_names_tags_of_the_object()
    {
        var span = Assert.Single(Spans("""
            using System.Threading.Tasks;
            using Observability;
            public sealed class Shop
            {
                public string Name => "corner";
                [Traced(Tags = ["shop=this.Name"])] public async Task<string> Open() { await Task.Yield(); return "open"; }
            }
            public static class Subject { public static Task<string> Run() => new Shop().Open(); }
            """));
        Assert.Equal("corner", span.GetTagItem("shop"));
    }

    private static IReadOnlyList<Activity> Spans(string source)
    {
        var compiled = CompiledAssembly.From(source);
        using var original = new LoadedAssembly(compiled);
        using var loaded = new LoadedAssembly(WovenAssembly.Weave(compiled));
        using var recorder = new SpanRecorder(compiled.Name);
        Assert.Equal(original.Run(), loaded.Run());
        return recorder.Spans;
    }
}
