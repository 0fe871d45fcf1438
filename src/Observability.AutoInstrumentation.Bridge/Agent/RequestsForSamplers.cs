namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>
/// ASP.NET Core tells a sampler about the request only under a switch, which each host reads when it is made, long before the agent's settings are read. So it is set
/// where there may be policies; it costs each request some attributes.
/// </summary>
internal static class RequestsForSamplers
{
    private const string Switch = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    public static void AskFor()
    {
#pragma warning disable RS0030 // This stage has no configuration yet.
        var variables = Environment.GetEnvironmentVariables();
#pragma warning restore RS0030
        if (!AppContext.TryGetSwitch(Switch, out _) && variables.Keys.Cast<string>().Any(MayBringPolicies)) AppContext.SetSwitch(Switch, false);
    }

    private static bool MayBringPolicies(string variable) =>
        variable.StartsWith("Observability__Sampling__", StringComparison.OrdinalIgnoreCase) || variable == "OBSERVABILITY_AUTO_SETTINGS";
}
