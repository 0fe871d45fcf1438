using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Shapes;

/// <summary>Tags on methods whose parameters a compiler moved to a state machine.</summary>
public class TaggedShapeTests
{
    private const string Generic = """
        using Observability;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        public class Shop<T>
        {
            [Traced(Tags = ["v", "u", "t=u.GetType()"])] public async Task<string> Both<U>(T v, U u) { await Task.Yield(); return $"{v} {u}"; }
        }
        public static class Subject
        {
            public static async Task<string> Run()
            {
                var text = await Value("a") + (await Listed(new List<int> { 1 })).Count + string.Join(',', Items(2)) + await new Shop<string>().Both("v", 3);
                await foreach (var item in Later(4.5)) text += item;
                return text;
            }
            [Traced(Tags = ["v", "t=v.GetType()"])] private static async Task<T> Value<T>(T v) { await Task.Yield(); return v; }
            [Traced(Tags = ["t=v.GetType()"])] private static async Task<List<T>> Listed<T>(List<T> v) { await Task.Yield(); return v; }
            [Traced(Tags = ["v"])] private static IEnumerable<T> Items<T>(T v) { yield return v; }
            [Traced(Tags = ["v"])] private static async IAsyncEnumerable<T> Later<T>(T v) { await Task.Yield(); yield return v; }
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_tag_shows_a_parameter_of_the_methods_own_type_parameter(bool optimized)
    {
        var compiled = CompiledAssembly.From(Generic, optimized);
        using var original = new LoadedAssembly(compiled);
        using var loaded = new LoadedAssembly(WovenAssembly.Weave(compiled));
        Assert.Equal(original.Run(), loaded.Run());

        using var recorder = new SpanRecorder(compiled.Name);
        Assert.Equal(original.Run(), loaded.Run());
        Assert.Equal(
        [
            "Subject.Value v=a t=System.String", "Subject.Listed t=System.Collections.Generic.List`1[System.Int32]", "Subject.Items v=2",
            "Shop.Both v=v u=3 t=System.Int32", "Subject.Later v=4.5",
        ], recorder.Lines);
        loaded.CompileEveryMethod();
    }
}
