using System.Buffers.Binary;

namespace Observability.Ebpf.Agent.Objects;

/// <summary>Records about one section's instructions, as the kernel wants them: the place in bytes becomes the number of an instruction where it asks for that.</summary>
internal readonly record struct BtfRecords(byte[] Bytes, int RecordLength)
{
    private const int FunctionField = 8;
    private const int RelocationField = 24;

    public int Count => RecordLength == 0 ? 0 : Bytes.Length / RecordLength;

    public static BtfRecords Functions(ReadOnlySpan<byte> extension, BtfData types, string section)
    {
        var records = Read(extension, FunctionField, types, section);
        for (var at = 0; at < records.Bytes.Length; at += records.RecordLength)
        {
            var place = records.Bytes.AsSpan(at);
            BinaryPrimitives.WriteInt32LittleEndian(place, BinaryPrimitives.ReadInt32LittleEndian(place) / 8);
        }
        return records;
    }

    /// <summary>Which fields of the kernel's structures the instructions read: the kernel puts the right offsets in when it loads the program.</summary>
    public static BtfRecords FieldRelocations(ReadOnlySpan<byte> extension, BtfData types, string section) => Read(extension, RelocationField, types, section);

    private static BtfRecords Read(ReadOnlySpan<byte> extension, int field, BtfData types, string section)
    {
        try
        {
            var header = BinaryPrimitives.ReadInt32LittleEndian(extension[4..]);
            if (header < field + 8) return default;
            var at = header + BinaryPrimitives.ReadInt32LittleEndian(extension[field..]);
            var end = at + BinaryPrimitives.ReadInt32LittleEndian(extension[(field + 4)..]);
            if (at >= end) return default;
            var length = BinaryPrimitives.ReadInt32LittleEndian(extension[at..]);
            if (length is < 8 or > 64) throw new InvalidDataException("records of an unknown length");
            for (at += 4; at < end;)
            {
                var name = types.Name(BinaryPrimitives.ReadInt32LittleEndian(extension[at..]));
                var bytes = checked(BinaryPrimitives.ReadInt32LittleEndian(extension[(at + 4)..]) * length);
                at += 8;
                if (name == section) return new BtfRecords(extension.Slice(at, bytes).ToArray(), length);
                at = checked(at + bytes);
            }
            return default;
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("the records about instructions are cut off", exception);
        }
    }
}
