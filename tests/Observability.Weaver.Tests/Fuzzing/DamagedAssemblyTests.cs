using System.Reflection.PortableExecutable;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Fuzzing;

/// <summary>Assemblies with wrong bytes in them. The weaver neither throws nor runs out of memory, and writes a whole assembly or nothing.</summary>
public class DamagedAssemblyTests
{
    /// <summary>Many times what weaving the undamaged assembly allocates.</summary>
    private const long Most = 200_000_000;

    private static readonly CompiledAssembly Subject = CompiledAssembly.From(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fuzzing", "Prelude", "Seen.cs")) + new GeneratedProgram(584).Text(), prefix: "Damaged!");

    [Theory]
    [InlineData(1, 100)]
    [InlineData(500, 100)]
    public void A_damaged_assembly_is_woven_whole_or_left(int first, int count)
    {
        for (var seed = first; seed < first + count; seed++) Weave(seed);
    }

    [SkippableFact]
    public void Many_more_damaged_assemblies_are_woven_whole_or_left()
    {
        Skip.If(Environment.GetEnvironmentVariable("OBSERVABILITY_SLOW_TESTS") != "1", "weaves three thousand damaged assemblies, which takes minutes: set OBSERVABILITY_SLOW_TESTS=1");
        Parallel.For(1000, 4000, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, Weave);
    }

    private static void Weave(int seed)
    {
        var random = new Random(seed);
        var image = Damaged(Subject.Image, random);
        var symbols = random.Next(3) == 0 ? Damaged(Subject.Symbols!, random) : Subject.Symbols;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var woven = WovenAssembly.Of(Subject with { Image = image, Symbols = symbols }, new WeaveRule { Members = WeaveMembers.All });
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < Most, $"seed {seed} takes too much memory: {string.Join(' ', woven.Report.Diagnostics)}");
        if (woven.Report.Outcome != WeaveOutcome.Woven)
        {
            Assert.Empty(woven.Image);
            return;
        }
        using var written = new PEReader(new MemoryStream(woven.Image));
        Assert.True(written.HasMetadata, $"seed {seed} is no assembly any more");
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        var damaged = bytes.ToArray();
        for (var count = random.Next(1, 6); count > 0; count--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        return damaged;
    }
}
