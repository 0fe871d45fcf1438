using System.Diagnostics;

namespace Observability.Ebpf.HttpClients;

/// <summary>One request's flow of execution, and its span as soon as it has one that is recorded.</summary>
internal sealed class RequestFlow
{
    public Activity? Span { get; set; }
}
