using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Observability.Weaver.Bodies;

/// <summary>The code that loads a value, and its type as it is called where that code stands: a state machine has type parameters of its own.</summary>
internal sealed record LoadedValue(IReadOnlyList<Instruction> Code, TypeReference Type);
