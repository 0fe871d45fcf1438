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

    private static CompiledAssembly WithTailCalls(string source) => Changed(CompiledAssembly.From(source), module =>
    {
        foreach (var method in module.GetType("Subject").Methods)
            foreach (var call in method.Body.Instructions.Where(instruction => instruction.OpCode.Code == Code.Call && instruction.Next.OpCode.Code == Code.Ret && ((MethodReference)instruction.Operand).DeclaringType == method.DeclaringType).ToList())
                method.Body.GetILProcessor().InsertBefore(call, Instruction.Create(OpCodes.Tail));
    });

    private static CompiledAssembly Changed(CompiledAssembly compiled, Action<ModuleDefinition> change)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(compiled.Image));
        change(assembly.MainModule);
        using var image = new MemoryStream();
        assembly.Write(image);
        return compiled with { Image = image.ToArray(), Symbols = null };
    }
}
