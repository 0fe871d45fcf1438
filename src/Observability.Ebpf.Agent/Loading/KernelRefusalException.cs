using Observability.Ebpf.Agent.Kernel;

namespace Observability.Ebpf.Agent.Loading;

/// <summary>The kernel refused something without which the agent cannot run.</summary>
internal sealed class KernelRefusalException(string what, int error) : Exception($"{what}: {ErrorNumber.Text(error)}")
{
    public int Error => error;
}
