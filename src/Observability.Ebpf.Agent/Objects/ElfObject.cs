using System.Buffers.Binary;
using System.Text;

namespace Observability.Ebpf.Agent.Objects;

/// <summary>A relocatable ELF file for BPF, little-endian, as clang writes it. Nothing in it is trusted: whatever lies outside of the file is refused.</summary>
internal sealed class ElfObject
{
    private const int HeaderLength = 64;
    private const int SectionLength = 64;
    private const int SymbolLength = 24;
    private const int RelocationLength = 16;
    private const uint SymbolTable = 2;
    private const uint Relocations = 9;

    private readonly byte[] _file;

    public ElfObject(byte[] file)
    {
        _file = file;
        if (file.Length < HeaderLength || !file.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8)) throw new InvalidDataException("not a 64-bit little-endian ELF file");
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(0x3c));
        var names = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(0x3e));
        var table = Number(0x28);
        var raw = Enumerable.Range(0, count).Select(index => Section(table + (index * SectionLength))).ToList();
        if (names >= raw.Count) throw new InvalidDataException("the ELF file has no names of sections");
        Sections = [.. raw.Select((section, index) => section with { Index = index, Name = Text(raw[names].Offset + section.NameOffset) })];
        Symbols = [.. ReadSymbols()];
    }

    public IReadOnlyList<ElfSection> Sections { get; }

    public IReadOnlyList<ElfSymbol> Symbols { get; }

    public ElfSection? Find(string name) => Sections.FirstOrDefault(section => section.Name == name);

    public ReadOnlySpan<byte> Content(ElfSection section) => Slice(section.Offset, section.Length);

    /// <summary>The relocations of a section: where in it, and the symbol that belongs there.</summary>
    public IEnumerable<(int Offset, ElfSymbol Symbol)> RelocationsOf(ElfSection section)
    {
        foreach (var table in Sections.Where(other => other.Type == Relocations && other.Info == section.Index))
        {
            for (var at = table.Offset; at + RelocationLength <= table.Offset + table.Length; at += RelocationLength)
            {
                var symbol = (int)(BinaryPrimitives.ReadUInt64LittleEndian(Slice(at + 8, 8)) >> 32);
                if (symbol >= Symbols.Count) throw new InvalidDataException($"a relocation of {section.Name} names a symbol that is not there");
                yield return (Number(at), Symbols[symbol]);
            }
        }
    }

    private IEnumerable<ElfSymbol> ReadSymbols()
    {
        if (Sections.FirstOrDefault(section => section.Type == SymbolTable) is not { } table) yield break;
        if (table.Link >= Sections.Count) throw new InvalidDataException("the symbols have no names");
        for (var at = table.Offset; at + SymbolLength <= table.Offset + table.Length; at += SymbolLength)
        {
            var name = (int)BinaryPrimitives.ReadUInt32LittleEndian(Slice(at, 4));
            yield return new ElfSymbol(Text(Sections[table.Link].Offset + name), BinaryPrimitives.ReadUInt16LittleEndian(Slice(at + 6, 2)), Number(at + 8));
        }
    }

    private ElfSection Section(int at)
    {
        var header = Slice(at, SectionLength);
        return new ElfSection("", 0, (int)BinaryPrimitives.ReadUInt32LittleEndian(header), BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
            Number(at + 0x18), Number(at + 0x20), (int)BinaryPrimitives.ReadUInt32LittleEndian(header[0x28..]), (int)BinaryPrimitives.ReadUInt32LittleEndian(header[0x2c..]));
    }

    private int Number(int at)
    {
        var value = BinaryPrimitives.ReadUInt64LittleEndian(Slice(at, 8));
        return value <= int.MaxValue ? (int)value : throw new InvalidDataException("a number in the ELF file is too large");
    }

    private string Text(int at)
    {
        if (at < 0 || at >= _file.Length) throw new InvalidDataException("a name lies outside of the ELF file");
        var end = _file.AsSpan(at).IndexOf((byte)0);
        return end < 0 ? throw new InvalidDataException("a name in the ELF file has no end") : Encoding.ASCII.GetString(_file, at, end);
    }

    private ReadOnlySpan<byte> Slice(int at, int length) =>
        at >= 0 && length >= 0 && at <= _file.Length - length ? _file.AsSpan(at, length) : throw new InvalidDataException("the ELF file is cut off");
}
