using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>Joins the logging of the host before the generic one, which is built under the name that a woven assembly announces.</summary>
internal static class WebHostLogging
{
    // Not inlined: whoever calls must not need Microsoft.Extensions, which an application without a host does not have.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Attach(object builder, AgentProcess agent)
    {
        // By its name: this assembly refers to nothing of ASP.NET Core, and the builder has the method for its public interface.
        var configure = builder.GetType().GetMethod("ConfigureServices", [typeof(Action<IServiceCollection>)]) ?? throw new MissingMethodException(builder.GetType().FullName, "ConfigureServices");
        configure.Invoke(builder, [(Action<IServiceCollection>)(services =>
        {
            HostLogging.Join(services, agent);
            services.AddSingleton<IHostedService>(provider => new StartNotice(provider.GetService<IHostApplicationLifetime>(), agent.When));
        })]);
        agent.When.HostBuilding();
    }

    /// <summary>Is started with the host, which has no other way to tell that it has.</summary>
    private sealed class StartNotice(IHostApplicationLifetime? life, StartSignal when) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (life is null) when.HostStarted();
            else life.ApplicationStarted.Register(when.HostStarted);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
