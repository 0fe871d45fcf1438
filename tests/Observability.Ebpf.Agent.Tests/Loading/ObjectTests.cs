using System.Runtime.CompilerServices;
using Observability.Ebpf.Agent.Kernel;
using Observability.Ebpf.Agent.Loading;
using Observability.Ebpf.Agent.Objects;
using TestPeers;

namespace Observability.Ebpf.Agent.Tests.Loading;

public sealed class ObjectTests
{
    [Fact]
    public void The_object_declares_the_maps_that_tenants_and_agent_agree_on()
    {
        var maps = MapDeclaration.Read(new BtfData(Section(".BTF"))).ToDictionary(map => map.Name, map => map.Shape);
        Assert.Equal(new MapShape(MapType.SocketStorage, 4, 8, 0, 1), maps["socket_slots"]);
        Assert.Equal(new MapShape(MapType.HashOfMaps, 4, 4, 1024, 0), maps["tenant_slots"]);
        Assert.Equal(new MapShape(MapType.Ring, 0, 0, 1 << 20, 0), maps["events"]);
        Assert.Equal(new MapShape(MapType.Array, 4, 32, 1, 1024), maps["control"]);
        Assert.Equal(12, maps.Count);
    }

    [Fact]
    public void The_structures_have_the_sizes_that_are_read()
    {
        // Structures that are in no map leave no trace in the object; the source asserts these sizes when it is compiled.
        Assert.Equal(136, Unsafe.SizeOf<Agent.Events.KernelEvent>());
        Assert.Equal(256u, TenantShapes.Slots.ValueSize);
    }

    [SkippableFact]
    public void The_committed_object_is_what_the_compiler_makes_of_the_source()
    {
        var clang = Tool.Require("clang");
        Tool.Require("llvm-strip");
        var version = Tool.Run(clang, ["--version"]).Output.Split('\n')[0];
        Skip.IfNot(version.Contains("14.0.6", StringComparison.Ordinal), $"the committed object is clang 14.0.6's; here is {version}");
        var made = Path.Combine(Directory.CreateTempSubdirectory("observability-object-").FullName, "correlation.bpf.o");

        var result = Tool.Run("bash", [Repository.File("src", "Observability.Ebpf.Agent", "bpf", "build.sh"), made]);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.True(File.ReadAllBytes(made).AsSpan().SequenceEqual(KernelPrograms.Embedded()), "bpf/build.sh gives another object than the committed one: run it and commit the result");
        Directory.Delete(Path.GetDirectoryName(made)!, recursive: true);
    }

    [Fact]
    public void A_damaged_object_is_refused_in_words_and_never_read_beyond_its_end()
    {
        var whole = KernelPrograms.Embedded();
        var random = new Random(8);
        for (var attempt = 0; attempt < 400; attempt++)
        {
            var damaged = whole.AsSpan(0, attempt % 2 == 0 ? random.Next(whole.Length) : whole.Length).ToArray();
            for (var i = 0; i < 8 && damaged.Length > 0; i++) damaged[random.Next(Math.Min(damaged.Length, attempt % 3 == 0 ? 64 : damaged.Length))] = (byte)random.Next(256);
            var failure = Record.Exception(() => new ObjectLoader(damaged).Tracepoints);
            Assert.True(failure is null or InvalidDataException, failure?.ToString());
        }
    }

    private static byte[] Section(string name)
    {
        var elf = new ElfObject(KernelPrograms.Embedded());
        return elf.Content(elf.Find(name)!).ToArray();
    }
}
