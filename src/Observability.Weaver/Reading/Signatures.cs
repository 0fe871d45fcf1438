using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Observability.Weaver.Reading;

/// <summary>
/// Looks whether signatures name no more types than they have room for. Cecil makes room for as many as they claim, before it reads the first: half a
/// billion, within each other. (ECMA-335, II.23.2.)
/// </summary>
internal static class Signatures
{
    private const int Deepest = 200;

    /// <exception cref="BadImageFormatException">A signature claims what it cannot hold.</exception>
    public static void Check(MetadataReader metadata)
    {
        foreach (var handle in metadata.MethodDefinitions) Member(metadata, metadata.GetMethodDefinition(handle).Signature);
        foreach (var handle in metadata.FieldDefinitions) Member(metadata, metadata.GetFieldDefinition(handle).Signature);
        foreach (var handle in metadata.PropertyDefinitions) Member(metadata, metadata.GetPropertyDefinition(handle).Signature);
        foreach (var handle in metadata.MemberReferences) Member(metadata, metadata.GetMemberReference(handle).Signature);
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.StandAloneSig); row++) Member(metadata, metadata.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(row)).Signature);
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.MethodSpec); row++) Member(metadata, metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row)).Signature);
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.TypeSpec); row++)
        {
            var signature = metadata.GetBlobReader(metadata.GetTypeSpecification(MetadataTokens.TypeSpecificationHandle(row)).Signature);
            Type(ref signature, 0);
        }
    }

    private static void Member(MetadataReader metadata, BlobHandle blob)
    {
        var signature = metadata.GetBlobReader(blob);
        Member(ref signature, 0);
    }

    private static void Member(ref BlobReader signature, int depth)
    {
        var header = signature.ReadSignatureHeader();
        if (header.Kind is SignatureKind.Field)
        {
            Type(ref signature, depth);
            return;
        }
        if (header.Kind is SignatureKind.LocalVariables or SignatureKind.MethodSpecification)
        {
            Types(ref signature, Count(ref signature), depth);
            return;
        }
        if (header.IsGeneric) signature.ReadCompressedInteger();
        var parameters = Count(ref signature);
        Type(ref signature, depth);
        Types(ref signature, parameters, depth);
    }

    private static void Types(ref BlobReader signature, int count, int depth)
    {
        for (var i = 0; i < count; i++) Type(ref signature, depth);
    }

    private static void Type(ref BlobReader signature, int depth)
    {
        if (depth > Deepest) throw new BadImageFormatException();
        switch (signature.ReadSignatureTypeCode())
        {
            case SignatureTypeCode.Pointer or SignatureTypeCode.ByReference or SignatureTypeCode.SZArray or SignatureTypeCode.Pinned or SignatureTypeCode.Sentinel:
                Type(ref signature, depth + 1);
                break;
            case SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier:
                signature.ReadCompressedInteger();
                Type(ref signature, depth + 1);
                break;
            case SignatureTypeCode.TypeHandle or SignatureTypeCode.GenericTypeParameter or SignatureTypeCode.GenericMethodParameter:
                signature.ReadCompressedInteger();
                break;
            case SignatureTypeCode.GenericTypeInstance:
                Type(ref signature, depth + 1);
                Types(ref signature, Count(ref signature), depth + 1);
                break;
            case SignatureTypeCode.Array:
                Type(ref signature, depth + 1);
                signature.ReadCompressedInteger();
                for (var sizes = Count(ref signature); sizes > 0; sizes--) signature.ReadCompressedInteger();
                for (var bounds = Count(ref signature); bounds > 0; bounds--) signature.ReadCompressedSignedInteger();
                break;
            case SignatureTypeCode.FunctionPointer:
                Member(ref signature, depth + 1);
                break;
        }
    }

    /// <summary>Each of them takes a byte at least.</summary>
    private static int Count(ref BlobReader signature)
    {
        var count = signature.ReadCompressedInteger();
        return count <= signature.RemainingBytes ? count : throw new BadImageFormatException();
    }
}
