using System.Reflection.Metadata;

namespace Observability.Logging;

/// <summary>The message template that a method's <c>[LoggerMessage]</c> attribute holds, read from metadata.</summary>
internal static class LoggerMessageTemplate
{
    public static string? Of(MetadataReader reader, MethodDefinition method)
    {
        foreach (var handle in method.GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (!Is(reader, attribute, "LoggerMessageAttribute")) continue;
            var value = attribute.DecodeValue(AttributeTypes.Instance);
            foreach (var argument in value.NamedArguments)
                if (argument is { Name: "Message", Value: string named }) return named;
            foreach (var argument in value.FixedArguments)
                if (argument.Value is string message) return message;
            // Without a text the template is the empty one.
            return "";
        }
        return null;
    }

    /// <summary>Whether the attribute's type, defined in another assembly, has the name.</summary>
    public static bool Is(MetadataReader reader, CustomAttribute attribute, string name)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference) return false;
        var type = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return type.Kind == HandleKind.TypeReference && reader.StringComparer.Equals(reader.GetTypeReference((TypeReferenceHandle)type).Name, name);
    }

    /// <summary>Names of types, which is all that decoding an attribute's constants needs; every enum there is 32 bits wide.</summary>
    private sealed class AttributeTypes : ICustomAttributeTypeProvider<string>
    {
        public static readonly AttributeTypes Instance = new();

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSystemType() => "System.Type";

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => reader.GetString(reader.GetTypeReference(handle).Name);

        public string GetTypeFromSerializedName(string name) => name;

        public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

        public bool IsSystemType(string type) => type == "System.Type";
    }
}
