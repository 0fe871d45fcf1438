using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Observability.Weaver.Runtime;

/// <summary>Copies types of this assembly into another: declarations first, then bodies, with every reference bound to the new home.</summary>
internal sealed class TypeCopy(ModuleDefinition from, ModuleDefinition to)
{
    private readonly Dictionary<IMetadataTokenProvider, IMetadataTokenProvider> _copies = [];

    /// <summary>Reads this very assembly as the source of copies.</summary>
    public static TypeCopy To(ModuleDefinition module)
    {
#pragma warning disable IL3000 // The weaver runs from files: a tool, an MSBuild task, a payload. In a bundle the path is empty and weaving fails with OBS7008.
        var path = typeof(TypeCopy).Assembly.Location;
#pragma warning restore IL3000
        return new TypeCopy(ModuleDefinition.ReadModule(path), module);
    }

    /// <summary>The copy of a type under another name. Strings that are keys of <paramref name="constants"/> become their values.</summary>
    public TypeDefinition Into(Type template, string name, IReadOnlyDictionary<string, string> constants)
    {
        var original = from.GetType(template.FullName);
        if (constants.Count == 0 && _copies.TryGetValue(original, out var done)) return (TypeDefinition)done;
        var copy = Declare(original, name);
        to.Types.Add(copy);
        DeclareMembers(original, copy);
        FillBodies(original, constants);
        return copy;
    }

    private TypeDefinition Declare(TypeDefinition original, string name)
    {
        var copy = new TypeDefinition("", name, original.Attributes, Bound(original.BaseType));
        _copies[original] = copy;
        CopyAttributes(original, copy, "System.Runtime.CompilerServices.CompilerGeneratedAttribute");
        foreach (var nested in original.NestedTypes) copy.NestedTypes.Add(Declare(nested, nested.Name));
        return copy;
    }

    private void DeclareMembers(TypeDefinition original, TypeDefinition copy)
    {
        foreach (var nested in original.NestedTypes) DeclareMembers(nested, (TypeDefinition)_copies[nested]);
        foreach (var field in original.Fields)
        {
            var added = new FieldDefinition(field.Name, field.Attributes, Bound(field.FieldType));
            if (field.HasConstant) added.Constant = field.Constant;
            CopyAttributes(field, added, "System.ThreadStaticAttribute");
            copy.Fields.Add(added);
            _copies[field] = added;
        }
        foreach (var method in original.Methods)
        {
            var added = new MethodDefinition(method.Name, method.Attributes, Bound(method.ReturnType)) { ImplAttributes = method.ImplAttributes };
            foreach (var parameter in method.Parameters)
                added.Parameters.Add(new ParameterDefinition(parameter.Name, parameter.Attributes, Bound(parameter.ParameterType)));
            copy.Methods.Add(added);
            _copies[method] = added;
        }
    }

    private void FillBodies(TypeDefinition original, IReadOnlyDictionary<string, string> constants)
    {
        foreach (var nested in original.NestedTypes) FillBodies(nested, constants);
        foreach (var method in original.Methods) FillBody(method.Body, ((MethodDefinition)_copies[method]).Body, constants);
    }

    private void FillBody(MethodBody body, MethodBody copy, IReadOnlyDictionary<string, string> constants)
    {
        copy.InitLocals = body.InitLocals;
        foreach (var variable in body.Variables) copy.Variables.Add(new VariableDefinition(Bound(variable.VariableType)));
        var instructions = body.Instructions.ToDictionary(original => original, original => Instruction.Create(OpCodes.Nop));
        foreach (var original in body.Instructions)
        {
            var added = instructions[original];
            added.OpCode = original.OpCode;
            added.Operand = Operand(original.Operand, copy, instructions, constants);
            copy.Instructions.Add(added);
        }
        foreach (var handler in body.ExceptionHandlers)
            copy.ExceptionHandlers.Add(new ExceptionHandler(handler.HandlerType)
            {
                CatchType = handler.CatchType is null ? null : Bound(handler.CatchType),
                TryStart = instructions[handler.TryStart],
                TryEnd = instructions[handler.TryEnd],
                HandlerStart = instructions[handler.HandlerStart],
                HandlerEnd = handler.HandlerEnd is null ? null : instructions[handler.HandlerEnd],
            });
    }

    private object? Operand(object? operand, MethodBody copy, Dictionary<Instruction, Instruction> instructions, IReadOnlyDictionary<string, string> constants) => operand switch
    {
        string text => constants.GetValueOrDefault(text, text),
        Instruction target => instructions[target],
        Instruction[] targets => Array.ConvertAll(targets, target => instructions[target]),
        VariableDefinition variable => copy.Variables[variable.Index],
        ParameterDefinition parameter => parameter.Index < 0 ? copy.ThisParameter : copy.Method.Parameters[parameter.Index],
        MethodReference method => Bound(method),
        FieldReference field => Bound(field),
        TypeReference type => Bound(type),
        _ => operand,
    };

    private TypeReference Bound(TypeReference type) => type switch
    {
        TypeDefinition when _copies.TryGetValue(type, out var copy) => (TypeReference)copy,
        ArrayType array => new ArrayType(Bound(array.ElementType)),
        _ => to.ImportReference(type),
    };

    private MethodReference Bound(MethodReference method) =>
        _copies.TryGetValue(method, out var copy) ? (MethodReference)copy : to.ImportReference(method);

    private FieldReference Bound(FieldReference field) =>
        _copies.TryGetValue(field, out var copy) ? (FieldReference)copy : to.ImportReference(field);

    private void CopyAttributes(ICustomAttributeProvider original, ICustomAttributeProvider copy, string only)
    {
        foreach (var attribute in original.CustomAttributes)
            if (attribute.AttributeType.FullName == only) copy.CustomAttributes.Add(new CustomAttribute(to.ImportReference(attribute.Constructor)));
    }
}
