using System.Reflection;
using Observability.Ebpf.Agent.Kernel;

namespace Observability.Ebpf.Agent.Loading;

/// <summary>The agent's own programs, loaded and attached; disposing takes them out of the kernel.</summary>
internal sealed class KernelPrograms : IDisposable
{
    private readonly List<int> _attachments = [];

    private KernelPrograms(IReadOnlyDictionary<string, int> maps, IReadOnlyList<ProgramOutcome> programs, KernelTypes types) => (Maps, Programs, Types) = (maps, programs, types);

    public IReadOnlyDictionary<string, int> Maps { get; }

    public IReadOnlyList<ProgramOutcome> Programs { get; private set; }

    public KernelTypes Types { get; }

    /// <exception cref="KernelRefusalException">Not permitted, or a kernel that is too old for all of it.</exception>
    /// <exception cref="IOException">The kernel does not tell its types.</exception>
    public static KernelPrograms Load(Func<string, MapShape, int?> inherited)
    {
        var loader = new ObjectLoader(Embedded());
        var types = KernelTypes.Read(File.ReadAllBytes(KernelTypes.Path), loader.Tracepoints);
        loader.CreateMaps(inherited);
        return new KernelPrograms(loader.Maps, Choose(loader.LoadPrograms(types)), types);
    }

    public static byte[] Embedded()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("correlation.bpf.o")!;
        var file = new byte[resource.Length];
        resource.ReadExactly(file);
        return file;
    }

    /// <summary>Puts the loaded programs to work; one that cannot be attached is told with the reason.</summary>
    public void Attach(Func<ProgramOutcome, bool> wanted)
    {
        var outcomes = new List<ProgramOutcome>();
        foreach (var program in Programs)
        {
            if (program.Failure is not null || !wanted(program))
            {
                outcomes.Add(program);
                continue;
            }
            var attachment = Bpf.Attach(program.Descriptor);
            if (attachment >= 0) _attachments.Add(attachment);
            outcomes.Add(attachment >= 0 ? program : program with { Failure = "cannot be attached: " + ErrorNumber.Text(attachment) });
        }
        Programs = outcomes;
    }

    public void Dispose()
    {
        foreach (var attachment in _attachments) Libc.Close(attachment);
        foreach (var program in Programs.Where(program => program.Descriptor >= 0)) Libc.Close(program.Descriptor);
        foreach (var map in Maps.Values) Libc.Close(map);
        _attachments.Clear();
    }

    /// <summary>Of the two programs for dropped packets only one may run: the one that knows the receiver, where the kernel has it.</summary>
    private static List<ProgramOutcome> Choose(IReadOnlyList<ProgramOutcome> programs)
    {
        var newer = programs.First(program => program.Name == "on_drop");
        var older = programs.First(program => program.Name == "on_drop_before_6_11");
        var loser = newer.Failure is null ? older : newer;
        if (loser.Descriptor >= 0) Libc.Close(loser.Descriptor);
        return [.. programs.Where(program => program != loser)];
    }
}
