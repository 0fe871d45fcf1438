using System.Runtime.Intrinsics;

namespace Observability.Sampling;

/// <summary>The cheapest two conditions of a rule, beside those of its neighbours: kind and parent, and how the path begins.</summary>
internal readonly struct RuleGate(uint circumstances, HeadGate path)
{
    public bool MayPass(uint circumstance, Vector128<byte> pathHead) => (circumstances & circumstance) != 0 && path.MayPass(pathHead);
}
