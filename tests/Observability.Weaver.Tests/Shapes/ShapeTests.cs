using System.Diagnostics;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Shapes;

/// <summary>Each shape of method, as two compilers' settings make it: woven, compiled, run, compared with the unwoven.</summary>
public class ShapeTests
{
    private static readonly WeaveRule Everything = new() { Method = "W*", Members = WeaveMembers.All };
    private static readonly WeaveRule Subjects = new() { Type = "W*", Members = WeaveMembers.All };
    private static readonly WeaveRule Locals = new() { Method = "*.W*", Members = WeaveMembers.All };
    private static readonly WeaveRule Accessors = new() { Method = "?et_W*", Members = WeaveMembers.All };

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var name in ShapeCase.Names)
            {
                cases.Add(name, true);
                cases.Add(name, false);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_woven_method_does_what_it_did_and_makes_its_spans(string name, bool optimized)
    {
        var @case = ShapeCase.Named(name);
        var compiled = CompiledAssembly.From(@case.Source, optimized);
        var woven = WovenAssembly.Weave(compiled, Everything, Subjects, Locals, Accessors);
        using var original = new LoadedAssembly(compiled);
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name);

        var expected = original.Run();
        Assert.Empty(recorder.Spans);
        Assert.Equal(expected, loaded.Run());
        Assert.Equal(@case.Spans, recorder.Lines);
        Assert.Null(Activity.Current);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_woven_method_does_what_it_did_when_nobody_listens(string name, bool optimized)
    {
        var compiled = CompiledAssembly.From(ShapeCase.Named(name).Source, optimized);
        var woven = WovenAssembly.Weave(compiled, Everything, Subjects, Locals, Accessors);
        using var original = new LoadedAssembly(compiled);
        using var loaded = new LoadedAssembly(woven);

        Assert.Equal(original.Run(), loaded.Run());
        loaded.CompileEveryMethod();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_woven_method_does_what_it_did_when_everything_is_sampled_out(string name, bool optimized)
    {
        var compiled = CompiledAssembly.From(ShapeCase.Named(name).Source, optimized);
        var woven = WovenAssembly.Weave(compiled, Everything, Subjects, Locals, Accessors);
        using var original = new LoadedAssembly(compiled);
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name, ActivitySamplingResult.None);

        Assert.Equal(original.Run(), loaded.Run());
        Assert.Empty(recorder.Spans);
        Assert.Null(Activity.Current);
    }
}
