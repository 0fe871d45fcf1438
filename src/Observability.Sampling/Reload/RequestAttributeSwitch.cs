namespace Observability.Sampling;

/// <summary>
/// ASP.NET Core 10 hands a request's attributes to samplers only under a switch that it reads when the host is built: a
/// rule on the path would otherwise match nothing, without a word.
/// </summary>
internal static class RequestAttributeSwitch
{
    private const string Name = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    /// <summary>Reports when a version begins to ask for what it will not get.</summary>
    public static void Check(PolicySet? before, PolicySet after)
    {
        if (!Asks(after) || (before is not null && Asks(before))) return;
        if (AppContext.TryGetSwitch(Name, out var suppressed) && !suppressed) return;
        SamplingEventSource.Log.RequestAttributesMissing();
    }

    /// <summary>The user agent is not asked for here: it can be read from the request's header.</summary>
    private static bool Asks(PolicySet policies) =>
        Array.Exists(policies.Rules, rule => (rule.Matcher.Needs & (FactNeeds.Path | FactNeeds.Method | FactNeeds.Host)) != 0);
}
