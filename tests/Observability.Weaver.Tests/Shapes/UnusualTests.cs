using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Shapes;

/// <summary>Code that C# does not write, or seldom.</summary>
public class UnusualTests
{
    private static readonly WeaveRule Working = new() { Method = "W*" };

    [Fact]
    public void A_recursion_by_tail_calls_is_left_and_goes_as_deep_as_before()
    {
        var compiled = WithTailCalls("""
            public static class Subject
            {
                public static string Run() => WEven(1000000) + WOnce(3);
                private static string WEven(int n) { if (n == 0) return "even"; return WOdd(n - 1); }
                private static string WOdd(int n) { if (n == 0) return "odd"; return WEven(n - 1); }
                private static string WOnce(int n) => Last(n);
                private static string Last(int n) => n.ToString();
            }
            """);
        var woven = WovenAssembly.Weave(compiled, Working);
        Assert.Equal(["Subject.WEven", "Subject.WOdd"], woven.Report.Diagnostics.Where(diagnostic => diagnostic.Id == "OBS7005").Select(diagnostic => diagnostic.Subject));
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name);
        Assert.Equal("even3", loaded.Run());
        Assert.Equal(["Subject.WOnce"], recorder.Lines);
    }

    [Fact]
    public void A_recursion_by_tail_calls_through_what_can_be_overridden_is_left()
    {
        var compiled = WithTailCalls("""
            public interface IStep { string WStep(int n, IStep other); }
            public abstract class Walk { public abstract string WNext(int n, Walk other); }
            public static class Subject
            {
                public static string Run() => new Step().WStep(300000, new Step()) + new Even().WNext(300000, new Even()) + new Final().WFinal(3) + WText(4);
                private static string WText(int n) => string.Concat("text", n.ToString());
            }
            public class Step : IStep { public string WStep(int n, IStep other) { if (n == 0) return "step "; return other.WStep(n - 1, this); } }
            public class Even : Walk { public override string WNext(int n, Walk other) { if (n == 0) return "next "; return other.WNext(n - 1, this); } }
            public sealed class Final { public string WFinal(int n) => Last(n); private string Last(int n) => n.ToString(); }
            """);
        var woven = WovenAssembly.Weave(compiled, Working);
        Assert.Equal(["Even.WNext", "Step.WStep"], woven.Report.Diagnostics.Where(diagnostic => diagnostic.Id == "OBS7005").Select(diagnostic => diagnostic.Subject).Order(StringComparer.Ordinal));
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name);
        Assert.Equal("step next 3text4", loaded.Run());
        Assert.Equal(["Final.WFinal", "Subject.WText"], recorder.Lines);
    }

    [Fact]
    public void A_tail_call_into_an_assembly_that_is_missing_is_left()
    {
        using var library = new TemporaryLibrary(CompiledAssembly.From("public static class Library { public static string Work(object back) => back.ToString(); }", prefix: "TailLibrary"));
        var compiled = WithTailCalls("public static class Subject { public static string WBack(object back) => Library.Work(back); }", library.Path);
        var left = WovenAssembly.Of(compiled, Working);
        Assert.Equal("OBS7005", Assert.Single(left.Report.Diagnostics).Id);
        Assert.Single(WovenAssembly.Of(compiled, new WeaveOptions { Rules = [Working], References = [library.Path] }).Report.Methods);
    }

    [Fact]
    public void A_method_with_as_many_locals_as_there_can_be_is_left()
    {
        var compiled = Changed(CompiledAssembly.From("public static class Subject { public static string Run() => WMany() + WFew(); private static string WMany() => \"many\"; private static string WFew() => \" few\"; }"), module =>
        {
            var body = module.GetType("Subject").Methods.Single(method => method.Name == "WMany").Body;
            for (var i = 0; i < 65534; i++) body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32));
        });
        var woven = WovenAssembly.Weave(compiled, Working);
        Assert.Equal(("OBS7006", "Subject.WMany"), woven.Report.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Subject)).Single());
        using var loaded = new LoadedAssembly(woven);
        Assert.Equal("many few", loaded.Run());
    }

    [Fact]
    public void Runtime_async_is_recognized_and_left()
    {
        var compiled = Changed(CompiledAssembly.From("""
            using System.Threading.Tasks;
            public static class Subject
            {
                public static string Run() => WPlain();
                private static string WPlain() => "plain";
                public static Task WLater() => Task.CompletedTask;
            }
            """), module => module.GetType("Subject").Methods.Single(method => method.Name == "WLater").ImplAttributes |= (MethodImplAttributes)0x2000);
        var woven = WovenAssembly.Weave(compiled, Working);
        Assert.Equal(("OBS7004", "Subject.WLater"), woven.Report.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Subject)).Single());
        Assert.Contains(woven.Report.Methods, method => method.Function == "Subject.WPlain");
        // .NET 10 does not load such a type, so nothing of it can be run here.
    }

    [Fact]
    public void A_very_large_method_is_woven()
    {
        var body = new StringBuilder();
        for (var i = 0; i < 800; i++) body.Append($"if (n == {i}) {{ try {{ n += {i}; if (n < 0) return -1; }} finally {{ n++; }} }}\n");
        var compiled = CompiledAssembly.From($$"""
            public static class Subject
            {
                public static string Run() => WLarge(0).ToString();
                private static int WLarge(int n) { {{body}} return n; }
            }
            """);
        var woven = WovenAssembly.Weave(compiled, Working);
        using var original = new LoadedAssembly(compiled);
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name);
        Assert.Equal(original.Run(), loaded.Run());
        Assert.Equal(["Subject.WLarge"], recorder.Lines);
    }

    [Fact]
    public void Precompiled_code_gives_way_to_IL_that_runs()
    {
        var path = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal), "Microsoft.Extensions.Primitives.dll");
        var woven = WovenAssembly.Weave(new CompiledAssembly("Microsoft.Extensions.Primitives", File.ReadAllBytes(path), null), new WeaveRule { Members = WeaveMembers.All });
        Assert.Contains(woven.Report.Diagnostics, diagnostic => diagnostic.Id == "OBS7010");
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name);
        var segment = Activator.CreateInstance(loaded.Assembly.GetType("Microsoft.Extensions.Primitives.StringSegment")!, "abcdef", 1, 3)!;
        Assert.Equal("bcd", segment.ToString());
        Assert.Contains("StringSegment.ToString", recorder.Lines);
        loaded.CompileEveryMethod();
    }

    private static CompiledAssembly WithTailCalls(string source, params string[] references) => Changed(CompiledAssembly.From(source, references: references), module =>
    {
        foreach (var method in module.Types.Where(type => type.Namespace.Length == 0).SelectMany(type => type.Methods).Where(method => method.HasBody))
            foreach (var call in method.Body.Instructions.Where(IsLastCall).ToList())
                method.Body.GetILProcessor().InsertBefore(call, Instruction.Create(OpCodes.Tail));
    });

    /// <summary>The address of an argument or a local would not outlive the frame.</summary>
    private static bool IsLastCall(Instruction instruction) =>
        instruction is { OpCode.Code: Code.Call or Code.Callvirt, Next.OpCode.Code: Code.Ret, Operand: MethodReference called } && called.Name != "ToString";

    private static CompiledAssembly Changed(CompiledAssembly compiled, Action<ModuleDefinition> change)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(compiled.Image));
        change(assembly.MainModule);
        using var image = new MemoryStream();
        assembly.Write(image);
        return compiled with { Image = image.ToArray(), Symbols = null };
    }
}
