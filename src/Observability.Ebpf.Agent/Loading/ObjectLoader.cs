using System.Buffers.Binary;
using System.Text;
using Observability.Ebpf.Agent.Kernel;
using Observability.Ebpf.Agent.Objects;

namespace Observability.Ebpf.Agent.Loading;

/// <summary>
/// Loads an object's programs, each on its own: one that this kernel cannot run is told with the reason and the others run. Reading the files is done here;
/// fitting the programs to the kernel's structures is left to the kernel (Linux 5.17 and later). Nothing of libbpf, no headers, no compiler.
/// </summary>
internal sealed unsafe class ObjectLoader
{
    private const uint Tracing = 26;
    private const uint TrafficControl = 3;
    private const uint RawTracepoint = 23;
    private const string Traced = "tp_btf/";
    private const byte MapByDescriptor = 1;
    private const int LogLength = 1 << 18;

    private readonly ElfObject _elf;
    private readonly BtfData _types;
    private readonly byte[] _extension;
    private int _typesDescriptor = -1;

    public ObjectLoader(byte[] file)
    {
        _elf = new ElfObject(file);
        _types = new BtfData(Required(".BTF"));
        _extension = Required(".BTF.ext");
        FillDataSections();
    }

    public IReadOnlyDictionary<string, int> Maps { get; private set; } = new Dictionary<string, int>();

    public IReadOnlyCollection<string> Tracepoints => [.. _elf.Sections.Where(section => section.Name.StartsWith(Traced, StringComparison.Ordinal)).Select(Tracepoint).Distinct()];

    /// <exception cref="KernelRefusalException">The kernel takes no types or makes no maps: no program could run.</exception>
    public void CreateMaps(Func<string, MapShape, int?> inherited)
    {
        _typesDescriptor = Bpf.LoadTypes(_types.Bytes);
        if (_typesDescriptor < 0) throw new KernelRefusalException("the programs' types", _typesDescriptor);
        Maps = ObjectMaps.Create(_types, _typesDescriptor, inherited);
    }

    public IReadOnlyList<ProgramOutcome> LoadPrograms(KernelTypes kernel) =>
        [.. _elf.Sections.Where(section => section.Name.StartsWith(Traced, StringComparison.Ordinal) || section.Name == "tc").Select(section => Load(section, kernel))];

    private static string Tracepoint(ElfSection section) => section.Name == "tc" ? "" : section.Name[Traced.Length..].Split('?')[0];

    private ProgramOutcome Load(ElfSection section, KernelTypes kernel)
    {
        var tracepoint = Tracepoint(section);
        var name = _elf.Symbols.First(symbol => symbol.Section == section.Index && symbol.Value == 0 && symbol.Name.Length > 0 && !symbol.Name.StartsWith("LBB", StringComparison.Ordinal)).Name;
        var target = 0;
        if (tracepoint.Length > 0 && !kernel.Tracepoints.TryGetValue(tracepoint, out target)) return new ProgramOutcome(name, tracepoint, -1, $"this kernel has no tracepoint {tracepoint}");
        var instructions = Instructions(section);
        var functions = BtfRecords.Functions(_extension, _types, section.Name);
        var fields = BtfRecords.FieldRelocations(_extension, _types, section.Name);
        var descriptor = Load(name, instructions, functions, fields, target, log: null);
        if (descriptor >= 0) return new ProgramOutcome(name, tracepoint, descriptor, null);
        var log = new byte[LogLength];
        Load(name, instructions, functions, fields, target, log);
        return new ProgramOutcome(name, tracepoint, -1, Reason(descriptor, log));
    }

    private int Load(string name, byte[] instructions, BtfRecords functions, BtfRecords fields, int target, byte[]? log)
    {
        fixed (byte* code = instructions, function = functions.Bytes, field = fields.Bytes, said = log, license = "Dual BSD/GPL\0"u8)
        {
            BpfAttributes attributes = default;
            attributes.Set(0, target == 0 ? TrafficControl : Tracing);
            attributes.Set(4, (uint)(instructions.Length / 8));
            attributes.Set(8, code);
            attributes.Set(16, license);
            if (log is not null)
            {
                attributes.Set(24, 1u);
                attributes.Set(28, (uint)log.Length);
                attributes.Set(32, said);
            }
            attributes.SetName(48, name);
            attributes.Set(68, target == 0 ? 0 : RawTracepoint);
            attributes.Set(72, (uint)_typesDescriptor);
            attributes.Set(76, (uint)functions.RecordLength);
            attributes.Set(80, function);
            attributes.Set(88, (uint)functions.Count);
            attributes.Set(108, (uint)target);
            attributes.Set(116, (uint)fields.Count);
            attributes.Set(128, field);
            attributes.Set(136, (uint)fields.RecordLength);
            return Bpf.LoadProgram(&attributes);
        }
    }

    /// <summary>The code with the maps' descriptors put in where the object names the maps.</summary>
    private byte[] Instructions(ElfSection section)
    {
        var code = _elf.Content(section).ToArray();
        foreach (var (offset, symbol) in _elf.RelocationsOf(section))
        {
            if (!Maps.TryGetValue(symbol.Name, out var map) || offset > code.Length - 16) throw new InvalidDataException($"{section.Name} refers to {symbol.Name}, which is no map");
            code[offset + 1] = (byte)((code[offset + 1] & 0x0f) | (MapByDescriptor << 4));
            BinaryPrimitives.WriteInt32LittleEndian(code.AsSpan(offset + 4), map);
        }
        return code;
    }

    /// <summary>The compiler leaves the sizes and places of variables to the linker, which there is none of.</summary>
    private void FillDataSections()
    {
        var types = _types.Types().ToDictionary(type => type.Id);
        foreach (var type in types.Values.Where(type => type.Kind == BtfKind.DataSection))
        {
            if (_elf.Find(_types.Name(type.NameOffset)) is not { } section) continue;
            _types.SetNumber(type.Start + 8, section.Length);
            for (var index = 0; index < type.Count; index++)
            {
                var variable = type.Members + (index * 12);
                var name = _types.Name(types[_types.Number(variable)].NameOffset);
                _types.SetNumber(variable + 4, _elf.Symbols.First(symbol => symbol.Section == section.Index && symbol.Name == name).Value);
            }
        }
    }

    private byte[] Required(string section) => _elf.Find(section) is { } found ? _elf.Content(found).ToArray() : throw new InvalidDataException($"the object has no section {section}");

    /// <summary>The verifier's last words say why; what comes before is the walk through the program.</summary>
    private static string Reason(int error, byte[] log)
    {
        var lines = Encoding.ASCII.GetString(log).TrimEnd('\0').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var words = lines.Where(line => !line.StartsWith("processed ", StringComparison.Ordinal)).TakeLast(2);
        return string.Join("; ", words.Prepend(ErrorNumber.Text(error)));
    }
}
