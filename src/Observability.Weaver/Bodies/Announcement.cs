using Mono.Cecil;
using Mono.Cecil.Cil;
using Observability.Weaver.Runtime;
using Observability.Weaver.Selection;

namespace Observability.Weaver.Bodies;

/// <summary>Hands an object of a method to whoever subscribes to the DiagnosticListener of woven code: a parameter or <c>this</c> at its beginning, <c>return</c> at its end.</summary>
internal sealed class Announcement(SelectedMethod selected, TypeCopy copy)
{
    private const string Return = "return";

    /// <summary>Weaves it; a reason when the method has no such object.</summary>
    public string? Weave(string what)
    {
        var method = selected.Method;
        var parameter = Parameter(method, what);
        var type = what == Return ? method.ReturnType : parameter?.ParameterType;
        if (type is null || type.MetadataType == MetadataType.Void) return $"it has no \"{what}\"";
        if (type.IsValueType || type is ByReferenceType or PointerType or FunctionPointerType or GenericParameter) return $"\"{what}\" is no object";
        var editor = new BodyEditor(method);
        if (parameter is not null)
        {
            var first = editor.First;
            var code = new List<Instruction>([Instruction.Create(OpCodes.Ldarg, parameter), .. Call()]);
            editor.InsertBefore(first, code);
            editor.Hide(code[0]);
        }
        else
        {
            foreach (var end in editor.Returns) editor.InsertAt(end, [Instruction.Create(OpCodes.Dup), .. Call()]);
        }
        editor.Finish();
        return null;
    }

    private static ParameterDefinition? Parameter(MethodDefinition method, string name) =>
        name == "this" ? method is { HasThis: true, IsConstructor: false, DeclaringType.IsValueType: false } ? method.Body.ThisParameter : null
        : method.Parameters.FirstOrDefault(parameter => parameter.Name == name);

    private Instruction[] Call()
    {
        var events = copy.Into(typeof(WovenEvents), WovenRuntime.Mark + "Events", new Dictionary<string, string>());
        return [Instruction.Create(OpCodes.Ldstr, selected.Name.Function), WovenCall.Call(events.Methods.First(method => method.Name == nameof(WovenEvents.Announce)))];
    }
}
