using Mono.Cecil.Cil;
using Observability.Weaver.Runtime;

namespace Observability.Weaver.Bodies;

/// <summary>
/// A filter that notes the exception and lets it pass, and a finally, around everything from an entry to the end of the body so
/// far. Nothing is caught and nothing rethrown, so frames and lines of stack traces stay.
/// </summary>
internal static class Guard
{
    // "ending" is the code of the finally, with its endfinally; to "end" the protected code leaves, and the caller appends it next.
    public static void Append(BodyEditor editor, WovenRuntime runtime, Instruction entry, Instruction[] loadToken, Instruction[] ending, Instruction end)
    {
        var filter = Instruction.Create(OpCodes.Isinst, runtime.Exception);
        var foreign = Instruction.Create(OpCodes.Pop);
        var endFilter = Instruction.Create(OpCodes.Endfilter);
        var never = Instruction.Create(OpCodes.Pop);
        editor.Append(
        [
            filter, Instruction.Create(OpCodes.Dup), Instruction.Create(OpCodes.Brfalse, foreign),
            .. loadToken, WovenCall.Call(runtime.Fail), Instruction.Create(OpCodes.Br, endFilter),
            foreign, Instruction.Create(OpCodes.Ldc_I4_0), endFilter,
            never, Instruction.Create(OpCodes.Leave, end), .. ending,
        ]);
        editor.Hide(filter);
        editor.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Filter) { TryStart = entry, TryEnd = filter, FilterStart = filter, HandlerStart = never, HandlerEnd = ending[0] });
        editor.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally) { TryStart = entry, TryEnd = ending[0], HandlerStart = ending[0], HandlerEnd = end });
    }
}
