using Mono.Cecil;
using Mono.Cecil.Cil;
using Observability.Weaver.Runtime;

namespace Observability.Weaver.Bodies;

/// <summary>
/// Methods that read <c>a.B.C</c> from a value, for tags. Each is one static method beside the copied runtime: a null on the way gives
/// null, and so does a property that throws, because a tag must not break the call that it describes.
/// </summary>
internal sealed class MemberPaths(ModuleDefinition module)
{
    /// <summary>The last step of a path may ask for the type of what is there.</summary>
    public const string TypeName = "GetType()";

    private readonly Dictionary<string, MethodDefinition> _readers = [];
    private TypeDefinition? _home;

    /// <summary>A method from the root as an object to the value as an object; null and a reason when the path cannot be followed.</summary>
    public MethodDefinition? Reader(TypeReference root, string[] properties, WovenRuntime runtime, out string why)
    {
        why = "";
        var key = root.FullName + "." + string.Join('.', properties);
        if (_readers.TryGetValue(key, out var known)) return known;
        if (Getters(root, properties, out why) is not { } getters) return null;
        return _readers[key] = Add(root, getters, runtime);
    }

    private List<MethodReference>? Getters(TypeReference root, string[] properties, out string why)
    {
        why = "";
        var getters = new List<MethodReference>();
        var type = root;
        foreach (var name in properties)
        {
            if (name == TypeName && name == properties[^1])
            {
                getters.Add(TypeGetter());
                return getters;
            }
            if (type.ContainsGenericParameter || Property(type, name, out var home) is not { GetMethod: { } getter } property || !IsReachable(getter) || property.PropertyType.ContainsGenericParameter)
            {
                why = $"{type.Name} has no property {name} that the weaver can read";
                return null;
            }
            getters.Add(Reference(getter, home));
            type = property.PropertyType;
        }
        return getters;
    }

    private MethodReference TypeGetter()
    {
        var type = new TypeReference("System", "Type", module, module.TypeSystem.CoreLibrary);
        return new MethodReference("GetType", type, module.TypeSystem.Object) { HasThis = true };
    }

    /// <summary>A property of a type, a type that it derives from or, of an interface, one that it takes along; and which of them has it.</summary>
    private static PropertyDefinition? Property(TypeReference type, string name, out TypeReference home)
    {
        // The lowest override is found first, and called virtually.
        for (TypeReference? from = home = type; from?.Resolve() is { } definition; from = Within(from, definition.BaseType))
        {
            home = from;
            if (definition.Properties.FirstOrDefault(property => property.Name == name && !property.HasParameters) is { } own) return own;
            if (!definition.IsInterface) continue;
            foreach (var taken in definition.Interfaces)
                if (Within(from, taken.InterfaceType) is { } known && Property(known, name, out home) is { } property) return property;
        }
        return null;
    }

    /// <summary>A type as one that derives from it names it, with type arguments; null where they lie deeper.</summary>
    private static TypeReference? Within(TypeReference from, TypeReference? type)
    {
        if (type is not { ContainsGenericParameter: true }) return type;
        if (from is not GenericInstanceType known || type is not GenericInstanceType open) return null;
        var closed = new GenericInstanceType(open.ElementType);
        foreach (var argument in open.GenericArguments) closed.GenericArguments.Add(argument is GenericParameter { Type: GenericParameterType.Type } parameter ? known.GenericArguments[parameter.Position] : argument);
        return closed.ContainsGenericParameter ? null : closed;
    }

    private MethodReference Reference(MethodDefinition getter, TypeReference home)
    {
        var reference = module.ImportReference(getter);
        return home is GenericInstanceType ? new MethodReference(reference.Name, reference.ReturnType, module.ImportReference(home)) { HasThis = true } : reference;
    }

    private bool IsReachable(MethodDefinition getter) =>
        getter.HasThis && getter.ReturnType is not ByReferenceType and not PointerType
        && (getter.IsPublic || (getter.Module == module && (getter.IsAssembly || getter.IsFamilyOrAssembly)));

    private MethodDefinition Add(TypeReference root, List<MethodReference> getters, WovenRuntime runtime)
    {
        var instance = module.TypeSystem.Object;
        if (_home is null)
        {
            module.Types.Add(_home = new TypeDefinition("", WovenRuntime.Mark + "Paths", TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, instance));
            foreach (var attribute in runtime.BeginSilence.DeclaringType.CustomAttributes) _home.CustomAttributes.Add(attribute);
        }
        var method = new MethodDefinition("Read" + _readers.Count, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, instance);
        method.Parameters.Add(new ParameterDefinition(instance));
        _home.Methods.Add(method);
        Fill(method.Body, root, getters, runtime);
        return method;
    }

    private void Fill(MethodBody body, TypeReference root, List<MethodReference> getters, WovenRuntime runtime)
    {
        body.InitLocals = true;
        var result = new VariableDefinition(module.TypeSystem.Object);
        body.Variables.Add(result);
        var silent = new VariableDefinition(module.TypeSystem.Boolean);
        body.Variables.Add(silent);
        var code = body.GetILProcessor();
        var end = code.Create(OpCodes.Ldloc, silent);
        var nothing = code.Create(OpCodes.Leave, end);
        var type = module.ImportReference(root);
        var first = code.Create(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, runtime.BeginSilence);
        code.Emit(OpCodes.Stloc, silent);
        code.Append(first);
        code.Emit(OpCodes.Brfalse, nothing);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Unbox_Any, type);
        foreach (var getter in getters)
        {
            var holder = new VariableDefinition(type);
            body.Variables.Add(holder);
            code.Emit(OpCodes.Stloc, holder);
            if (!type.IsValueType)
            {
                code.Emit(OpCodes.Ldloc, holder);
                code.Emit(OpCodes.Brfalse, nothing);
            }
            code.Emit(type.IsValueType ? OpCodes.Ldloca : OpCodes.Ldloc, holder);
            code.Emit(type.IsValueType ? OpCodes.Call : OpCodes.Callvirt, getter);
            type = getter.ReturnType;
        }
        code.Emit(OpCodes.Box, type);
        code.Emit(OpCodes.Stloc, result);
        code.Append(nothing);
        var caught = code.Create(OpCodes.Pop);
        code.Append(caught);
        code.Emit(OpCodes.Leave, end);
        code.Append(end);
        code.Emit(OpCodes.Call, runtime.EndSilence);
        code.Emit(OpCodes.Ldloc, result);
        code.Emit(OpCodes.Ret);
        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch) { CatchType = runtime.Exception, TryStart = first, TryEnd = caught, HandlerStart = caught, HandlerEnd = end });
    }
}
