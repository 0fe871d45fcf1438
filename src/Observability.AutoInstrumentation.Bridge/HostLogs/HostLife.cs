using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>Tells when a host has started.</summary>
internal static class HostLife
{
    // Not inlined: whoever calls must not need Microsoft.Extensions, which an application without a host does not have.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Follow(object host, StartSignal when)
    {
        if (((IHost)host).Services.GetService(typeof(IHostApplicationLifetime)) is IHostApplicationLifetime life) life.ApplicationStarted.Register(when.HostStarted);
        else when.HostStarted();
    }
}
