using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Observability.Weaver.Reading;

/// <summary>
/// Looks whether every method's code lies within the image. Cecil believes the size that a body claims, and reads on, and keeps all of it, until
/// the machine has no memory left: that is no exception that anybody could catch.
/// </summary>
internal static class MethodBodies
{
    /// <exception cref="BadImageFormatException">A body reaches beyond the image.</exception>
    public static void Check(PEReader image, MetadataReader metadata)
    {
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress != 0 && (method.ImplAttributes & MethodImplAttributes.CodeTypeMask) == MethodImplAttributes.IL) image.GetMethodBody(method.RelativeVirtualAddress);
        }
    }
}
