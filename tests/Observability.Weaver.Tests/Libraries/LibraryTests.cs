using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.Loader;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Libraries;

/// <summary>Libraries that people use, woven whole: every method compiles, and what they do is the same, unheard and heard.</summary>
public class LibraryTests
{
    private static readonly WeaveRule Everything = new() { Members = WeaveMembers.All };

    public static TheoryData<string, int> Libraries => new()
    {
        { "Newtonsoft.Json", 3000 },
        { "YamlDotNet", 1500 },
        { "Serilog", 800 },
        { "Npgsql", 3500 },
        { "Microsoft.Data.Sqlite", 500 },
        { "xunit.assert", 600 },
    };

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Every_method_of_a_woven_library_compiles(string name, int atLeast)
    {
        var woven = Woven(name);
        Assert.InRange(woven.Report.Methods.Count, atLeast, int.MaxValue);
        var context = new WovenContext(new Dictionary<string, byte[]> { [name] = woven.Image });
        Assert.InRange(EveryMethod.Compile(context.LoadCopy(name)), atLeast, int.MaxValue);
        context.Unload();
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_woven_library_does_what_it_did(string name, int _)
    {
        var use = CompiledAssembly.From(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Libraries", "Uses", name + ".cs")));
        var plain = new WovenContext(new Dictionary<string, byte[]> { [name] = File.ReadAllBytes(PathOf(name)) });
        var woven = new WovenContext(new Dictionary<string, byte[]> { [name] = Woven(name).Image });

        var expected = Run(plain, use);
        Assert.Equal(expected, Run(woven, use));
        var spans = 0;
        using (var listener = Listener(name, () => Interlocked.Increment(ref spans))) Assert.Equal(expected, Run(woven, use));
        Assert.InRange(spans, 5, int.MaxValue);
        Assert.Null(Activity.Current);
    }

    private static string Run(WovenContext context, CompiledAssembly use)
    {
        using var scope = AssemblyLoadContext.EnterContextualReflection(null);
        var type = (context.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == use.Name) ?? context.Load(use)).GetType("Use", throwOnError: true)!;
        return (string)type.GetMethod("Run")!.Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [], null)!;
    }

    private static ActivityListener Listener(string name, Action ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ => ended(),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static readonly ConcurrentDictionary<string, WovenAssembly> s_woven = [];

    private static WovenAssembly Woven(string name) => s_woven.GetOrAdd(name, _ =>
    {
        var woven = WovenAssembly.Of(new CompiledAssembly(name, File.ReadAllBytes(PathOf(name)), null), Everything);
        Assert.True(woven.Report.Outcome == WeaveOutcome.Woven, string.Join('\n', woven.Report.Diagnostics));
        return woven;
    });

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");
}
