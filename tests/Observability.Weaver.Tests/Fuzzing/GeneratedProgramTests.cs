using System.Diagnostics;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Fuzzing;

/// <summary>Generated programs do, woven, what they did: what they note, what flows with their context, how they fail and in which lines.</summary>
public class GeneratedProgramTests
{
    private static readonly string Prelude = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fuzzing", "Prelude", "Seen.cs"));

    [Theory]
    [InlineData(1, 8)]
    [InlineData(301, 8)]
    [InlineData(584, 8)]
    public void A_generated_program_does_what_it_did(int first, int count)
    {
        for (var seed = first; seed < first + count; seed++) Compare(seed);
    }

    [SkippableFact]
    public void Many_more_generated_programs_do_what_they_did()
    {
        Skip.If(Environment.GetEnvironmentVariable("OBSERVABILITY_SLOW_TESTS") != "1", "weaves three hundred programs, which takes minutes: set OBSERVABILITY_SLOW_TESTS=1");
        Parallel.For(1000, 1300, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, Compare);
    }

    private static void Compare(int seed)
    {
        var random = new Random(seed);
        var compiled = CompiledAssembly.From(Prelude + new GeneratedProgram(seed).Text(), optimized: random.Next(2) == 0);
        var woven = WovenAssembly.Weave(compiled, Rule(random));
        Assert.InRange(woven.Report.Methods.Count, 14, int.MaxValue);
        var expected = Run(new LoadedAssembly(compiled));
        Same(expected, Run(new LoadedAssembly(woven), isWholly: true), $"seed {seed}, unheard");
        foreach (var sampling in new[] { ActivitySamplingResult.None, ActivitySamplingResult.AllDataAndRecorded })
        {
            using var recorder = new SpanRecorder(woven.Name, sampling);
            Same(expected, Run(new LoadedAssembly(woven)), $"seed {seed}, {sampling}");
            Assert.Equal(sampling == ActivitySamplingResult.None, recorder.Spans.Count == 0);
        }
    }

    private static void Same(string expected, string seen, string where)
    {
        if (expected == seen) return;
        var same = expected.Zip(seen).TakeWhile(pair => pair.First == pair.Second).Count();
        var from = Math.Max(0, same - 200);
        Assert.Fail($"{where}: expected\n…{expected[from..Math.Min(expected.Length, same + 200)]}…\nand saw\n…{seen[from..Math.Min(seen.Length, same + 200)]}…");
    }

    private static WeaveRule Rule(Random random) => new()
    {
        Type = "*M*",
        Members = WeaveMembers.All,
        Metrics = random.Next(3) == 0,
        Tags = random.Next(2) == 0 ? new Dictionary<string, string> { ["number"] = "n", ["result"] = "return" } : [],
    };

    /// <param name="isWholly">Whether also what the program does not reach is compiled.</param>
    private static string Run(LoadedAssembly loaded, bool isWholly = false)
    {
        using (loaded)
        {
            if (isWholly) loaded.CompileEveryMethod();
            var text = loaded.Run();
            Assert.Null(Activity.Current);
            return text;
        }
    }
}
