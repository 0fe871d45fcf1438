using Microsoft.Extensions.Logging;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>In the console's place, and under its name for filters: the agent's JSON lines, or the console itself where there are none.</summary>
[ProviderAlias("Console")]
internal sealed class ConsoleProvider : HeldProvider
{
    // Made while the host's container is alive: a host that is short-lived has disposed of it when the agent gives up.
    private readonly ILoggerProvider? _console;

    public ConsoleProvider(AgentProcess agent, Func<ILoggerProvider> console)
        : base(agent)
    {
        if (agent.Service<ILoggerProvider>("json") is null) _console = console();
        Begin();
    }

    protected override ILoggerProvider? Choose(AgentProcess agent)
    {
        if (agent.Service<ILoggerProvider>("json") is not { } lines) return _console;
        _console?.Dispose();
        return lines;
    }
}
