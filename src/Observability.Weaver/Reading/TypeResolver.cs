using Mono.Cecil;

namespace Observability.Weaver.Reading;

/// <summary>
/// Finds the definitions of types. To copy a constant, Cecil wants to know the underlying type of its enum, wherever that is declared: where the
/// assembly is missing an enum is made up, and the constant itself tells of what type it is.
/// </summary>
internal sealed class TypeResolver : MetadataResolver
{
    private readonly ModuleDefinition _home = ModuleDefinition.CreateModule("Missing", ModuleKind.Dll);
    private readonly Dictionary<string, TypeDefinition> _enums = [];

    public TypeResolver(IAssemblyResolver assemblies) : base(assemblies)
    {
        // Named by [Traced], which may stand in a file that the weaver sees without its references.
        _enums["System.Diagnostics.ActivityKind"] = MadeUp("System.Diagnostics", "ActivityKind", _home.TypeSystem.Int32);
    }

    /// <summary>Null where the type's assembly is missing, and where that does not have it.</summary>
    public override TypeDefinition? Resolve(TypeReference type) => base.Resolve(type) ?? _enums.GetValueOrDefault(type.FullName);

    /// <summary>Makes up the enums that the module's constants need and that cannot be found.</summary>
    public void LearnFromConstants(ModuleDefinition module)
    {
        foreach (var type in module.GetTypes())
        {
            foreach (var field in type.Fields)
                if (field.HasConstant) Learn(field.FieldType, field.Constant);
            foreach (var property in type.Properties)
                if (property.HasConstant) Learn(property.PropertyType, property.Constant);
            foreach (var method in type.Methods)
                foreach (var parameter in method.Parameters)
                    if (parameter.HasConstant) Learn(parameter.ParameterType, parameter.Constant);
        }
    }

    private void Learn(TypeReference type, object? constant)
    {
        if (constant is null || Underlying(constant) is not { } underlying) return;
        while (type is TypeSpecification specification)
            type = specification is GenericInstanceType { ElementType.FullName: "System.Nullable`1" } nullable ? nullable.GenericArguments[0] : specification.ElementType;
        if (type is GenericParameter || type.IsPrimitive || type.Resolve() is not null) return;
        _enums[type.FullName] = MadeUp(type.Namespace, type.Name, underlying);
    }

    private TypeReference? Underlying(object constant) => Type.GetTypeCode(constant.GetType()) switch
    {
        TypeCode.Boolean => _home.TypeSystem.Boolean,
        TypeCode.Char => _home.TypeSystem.Char,
        TypeCode.SByte => _home.TypeSystem.SByte,
        TypeCode.Byte => _home.TypeSystem.Byte,
        TypeCode.Int16 => _home.TypeSystem.Int16,
        TypeCode.UInt16 => _home.TypeSystem.UInt16,
        TypeCode.Int32 => _home.TypeSystem.Int32,
        TypeCode.UInt32 => _home.TypeSystem.UInt32,
        TypeCode.Int64 => _home.TypeSystem.Int64,
        TypeCode.UInt64 => _home.TypeSystem.UInt64,
        _ => null,
    };

    private TypeDefinition MadeUp(string @namespace, string name, TypeReference underlying)
    {
        var made = new TypeDefinition(@namespace, name, TypeAttributes.Public | TypeAttributes.Sealed, new TypeReference("System", "Enum", _home, _home.TypeSystem.CoreLibrary));
        made.Fields.Add(new FieldDefinition("value__", FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName, underlying));
        return made;
    }
}
