using Mono.Cecil;
using Mono.Cecil.Cil;
using Observability.Weaver.Runtime;
using Observability.Weaver.Selection;

namespace Observability.Weaver.Bodies;

/// <summary>The code that puts parameters, return values and constants on a span. A secret's value is not even read.</summary>
internal sealed class TagCode(SelectedMethod selected, WovenRuntime runtime, MemberPaths paths, WeaveReport report)
{
    private const string Return = "return";
    private const string Redacted = "REDACTED";

    public bool WantsReturn => selected.Rule.Tags.Values.Contains(Return);

    /// <summary>Tags that are known when the method starts. Loads come from arguments, or from fields of a state machine.</summary>
    public IReadOnlyList<Instruction> AtStart(IReadOnlyList<Instruction> loadToken, Func<ParameterDefinition, LoadedValue?> load)
    {
        var code = new List<Instruction>();
        foreach (var (key, path) in selected.Rule.Tags)
        {
            if (path == Return || Value(key, path, load) is not { } value) continue;
            report.Use.NoteRecorded(selected.Rule, path);
            code.AddRange(Copied(loadToken));
            code.Add(Instruction.Create(OpCodes.Ldstr, key));
            code.AddRange(value);
            code.Add(WovenCall.Call(runtime.Tag));
        }
        if (code.Count == 0) return code;
        var skip = Instruction.Create(OpCodes.Nop);
        return [.. Copied(loadToken), Instruction.Create(OpCodes.Brfalse, skip), .. code, skip];
    }

    /// <summary>The tags that show what the method returns.</summary>
    public IReadOnlyList<Instruction> AtReturn(IReadOnlyList<Instruction> loadToken, VariableDefinition result)
    {
        if (!WantsReturn) return [];
        var type = result.VariableType;
        if (!CanBox(type))
        {
            Refuse(Return, "its type cannot be boxed");
            return [];
        }
        report.Use.NoteRecorded(selected.Rule, Return);
        var skip = Instruction.Create(OpCodes.Nop);
        var code = new List<Instruction>([.. Copied(loadToken), Instruction.Create(OpCodes.Brfalse, skip)]);
        foreach (var (key, _) in selected.Rule.Tags.Where(tag => tag.Value == Return))
        {
            code.AddRange(Copied(loadToken));
            code.Add(Instruction.Create(OpCodes.Ldstr, key));
            if (SecretName.Is(key)) code.Add(Instruction.Create(OpCodes.Ldstr, Redacted));
            else code.AddRange([Instruction.Create(OpCodes.Ldloc, result), Instruction.Create(OpCodes.Box, type)]);
            code.Add(WovenCall.Call(runtime.Tag));
        }
        return [.. code, skip];
    }

    /// <summary>Says that a wish for the returned value cannot be met by this shape of method.</summary>
    public void NoReturn(string why)
    {
        if (WantsReturn) Refuse(Return, why);
    }

    private IReadOnlyList<Instruction>? Value(string key, string path, Func<ParameterDefinition, LoadedValue?> load)
    {
        if (path.StartsWith('=')) return [Instruction.Create(OpCodes.Ldstr, path[1..].Replace("{method}", selected.Name.Method, StringComparison.Ordinal))];
        var steps = path.Split('.');
        if (Root(steps[0]) is not { } parameter) return Refuse(path, "the method has no such parameter");
        if (SecretName.Is(key) || SecretName.Is(path)) return [Instruction.Create(OpCodes.Ldstr, Redacted)];
        if (steps.Length > 1) return Member(path, steps, parameter, load);
        if (load(parameter) is not { } loaded) return Refuse(path, "the compiler keeps it nowhere, because the body does not use it");
        var type = loaded.Type;
        if (type is not ByReferenceType reference) return CanBox(type) ? [.. loaded.Code, Instruction.Create(OpCodes.Box, type)] : Refuse(path, "its type cannot be boxed");
        if (parameter.IsOut || !CanBox(reference.ElementType)) return Refuse(path, "it has no value that can be shown at the start");
        return Referred(loaded, [Instruction.Create(OpCodes.Ldobj, reference.ElementType), Instruction.Create(OpCodes.Box, reference.ElementType)]);
    }

    /// <summary>A parameter, or <c>this</c>.</summary>
    private ParameterDefinition? Root(string name) =>
        name == "this" ? selected.Method.HasThis ? selected.Method.Body.ThisParameter : null
        : selected.Method.Parameters.FirstOrDefault(parameter => parameter.Name == name);

    private IReadOnlyList<Instruction>? Member(string path, string[] steps, ParameterDefinition root, Func<ParameterDefinition, LoadedValue?> load)
    {
        if (load(root) is not { } loaded) return Refuse(path, "the compiler keeps it nowhere, because the body does not use it");
        var reference = loaded.Type as ByReferenceType;
        var type = reference?.ElementType ?? loaded.Type;
        // Any object can say it, also one whose type stands in the type parameters of the method.
        if (steps is [_, MemberPaths.TypeName] && reference is null) return [.. loaded.Code, Instruction.Create(OpCodes.Box, type), WovenCall.Call(paths.Reader(selected.Method.Module.TypeSystem.Object, [MemberPaths.TypeName], runtime, out _)!)];
        if (paths.Reader(type, steps[1..], runtime, out var why) is not { } reader) return Refuse(path, why);
        Instruction[] box = [Instruction.Create(OpCodes.Box, type), WovenCall.Call(reader)];
        return reference is null ? [.. loaded.Code, .. box] : Referred(loaded, [Instruction.Create(OpCodes.Ldobj, type), .. box]);
    }

    /// <summary>A reference may be to nothing, which only unsafe code makes.</summary>
    private static IReadOnlyList<Instruction> Referred(LoadedValue reference, IReadOnlyList<Instruction> read)
    {
        var nothing = Instruction.Create(OpCodes.Ldnull);
        var end = Instruction.Create(OpCodes.Nop);
        return [.. reference.Code, Instruction.Create(OpCodes.Brfalse, nothing), .. Copied(reference.Code), .. read, Instruction.Create(OpCodes.Br, end), nothing, end];
    }

    private IReadOnlyList<Instruction>? Refuse(string path, string why)
    {
        if (!selected.ByName) report.Use.NoteMissing(selected.Rule, path, why);
        report.Add(new WeaveDiagnostic("OBS7007", selected.Name.Function, $"the value \"{path}\" is not recorded: {why}", selected.ByName));
        return null;
    }

    private static bool CanBox(TypeReference type)
    {
        if (type is PointerType or FunctionPointerType or ByReferenceType or RequiredModifierType or OptionalModifierType) return false;
        if (type is GenericParameter parameter) return !parameter.HasCustomAttributes && ((int)parameter.Attributes & 0x20) == 0;
        if (!type.IsValueType) return true;
        return type.Resolve() is { } definition && !definition.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "IsByRefLikeAttribute");
    }

    private static IEnumerable<Instruction> Copied(IReadOnlyList<Instruction> code) => code.Select(instruction =>
    {
        var copy = Instruction.Create(OpCodes.Nop);
        copy.OpCode = instruction.OpCode;
        copy.Operand = instruction.Operand;
        return copy;
    });
}
