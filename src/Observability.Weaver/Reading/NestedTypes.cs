using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Observability.Weaver.Reading;

/// <summary>Looks whether types lie within each other in a circle. Cecil would walk around it until the machine has no memory left.</summary>
internal static class NestedTypes
{
    /// <exception cref="BadImageFormatException">There is a circle, or a type that lies in two others.</exception>
    public static void Check(PEReader image, MetadataReader metadata)
    {
        var rows = metadata.GetTableRowCount(TableIndex.NestedClass);
        var size = metadata.GetTableRowSize(TableIndex.NestedClass);
        // Read row by row, as Cecil does: to look a type up would rely on the order of the table.
        var table = image.GetMetadata().GetReader(metadata.GetTableMetadataOffset(TableIndex.NestedClass), rows * size);
        var around = new Dictionary<int, int>(rows);
        for (var row = 0; row < rows; row++)
            if (!around.TryAdd(Index(ref table, size), Index(ref table, size))) throw new BadImageFormatException();
        foreach (var type in around.Keys)
        {
            var depth = 0;
            for (var outer = type; around.TryGetValue(outer, out outer);)
                if (++depth > rows) throw new BadImageFormatException();
        }
    }

    private static int Index(ref BlobReader table, int rowSize) => rowSize == 4 ? table.ReadUInt16() : table.ReadInt32();
}
