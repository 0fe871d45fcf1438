using System.Buffers.Binary;
using System.Text;

namespace Observability.Ebpf.Agent.Objects;

/// <summary>
/// BPF type information, of an object file or of the running kernel.
/// <see href="https://docs.kernel.org/bpf/btf.html"/>
/// </summary>
internal sealed class BtfData
{
    private const ushort Magic = 0xeb9f;

    private readonly byte[] _data;
    private readonly int _strings;
    private readonly int _end;
    private readonly int _types;

    public BtfData(byte[] data)
    {
        _data = data;
        if (data.Length < 24 || BinaryPrimitives.ReadUInt16LittleEndian(data) != Magic) throw new InvalidDataException("not BPF type information");
        var header = Number(4);
        _types = checked(header + Number(8));
        _end = checked(_types + Number(12));
        _strings = checked(header + Number(16));
        if (_end > data.Length || _strings > data.Length) throw new InvalidDataException("the BPF type information is cut off");
    }

    public byte[] Bytes => _data;

    /// <summary>All types in order; numbers begin with 1.</summary>
    public IEnumerable<BtfType> Types()
    {
        var id = 1;
        for (var at = _types; at < _end;)
        {
            var info = (uint)Number(at + 4);
            var type = new BtfType(id++, (BtfKind)((info >> 24) & 31), (int)(info & 0xffff), (uint)Number(at + 8), Number(at), at, at + 12);
            yield return type;
            at = type.Members + Extra(type);
        }
    }

    public string Name(int offset)
    {
        var at = _strings + offset;
        if (offset < 0 || at >= _data.Length) throw new InvalidDataException("a name lies outside of the BPF type information");
        var end = _data.AsSpan(at).IndexOf((byte)0);
        return Encoding.ASCII.GetString(_data, at, Math.Max(0, end));
    }

    /// <summary>Whether a type has the name, without making a text of it: the kernel has more than a hundred thousand types.</summary>
    public bool HasName(in BtfType type, ReadOnlySpan<byte> name)
    {
        var at = _strings + type.NameOffset;
        return at + name.Length < _data.Length && _data.AsSpan(at, name.Length).SequenceEqual(name) && _data[at + name.Length] == 0;
    }

    public int Number(int at) =>
        at >= 0 && at <= _data.Length - 4 ? BinaryPrimitives.ReadInt32LittleEndian(_data.AsSpan(at)) : throw new InvalidDataException("the BPF type information is cut off");

    public void SetNumber(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(_data.AsSpan(at), value);

    private static int Extra(in BtfType type) => type.Kind switch
    {
        BtfKind.Integer or BtfKind.Variable or BtfKind.DeclarationTag => 4,
        BtfKind.Array => 12,
        BtfKind.Structure or BtfKind.Union or BtfKind.DataSection or BtfKind.WideEnumeration => 12 * type.Count,
        BtfKind.Enumeration or BtfKind.FunctionPrototype => 8 * type.Count,
        _ => 0,
    };
}
