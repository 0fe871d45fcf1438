using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Observability.Weaver.Reading;

/// <summary>Looks at what Cecil takes at its word and follows without end, until no memory is left: that is no exception that anybody could catch.</summary>
internal static class ImageCheck
{
    /// <exception cref="BadImageFormatException">The image is damaged, or no .NET assembly.</exception>
    public static void Run(MemoryStream image)
    {
        using var reader = new PEReader(new MemoryStream(image.GetBuffer(), 0, (int)image.Length, writable: false));
        if (!reader.HasMetadata) throw new BadImageFormatException();
        var metadata = reader.GetMetadataReader();
        NestedTypes.Check(reader, metadata);
        Signatures.Check(metadata);
        MethodBodies.Check(reader, metadata);
    }
}
