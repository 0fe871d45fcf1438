using Microsoft.Extensions.Logging;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>Hands log records to the agent's pipeline for OTLP, where one is configured.</summary>
[ProviderAlias("OpenTelemetry")]
internal sealed class RecordProvider : HeldProvider
{
    public RecordProvider(AgentProcess agent)
        : base(agent) => Begin();

    protected override ILoggerProvider? Choose(AgentProcess agent) => agent.Service<ILoggerProvider>("otlp");
}
