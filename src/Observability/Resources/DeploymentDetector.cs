namespace Observability.Resources;

/// <summary>
/// <c>deployment.environment.name</c> from the host's environment, when nobody named it. The four names that the convention knows are
/// written as the convention writes them, in lower case; any other is kept as it is.
/// </summary>
internal sealed class DeploymentDetector(string? hostEnvironment, Func<string, string?> environment) : IFactDetector
{
    public const string Attribute = "deployment.environment.name";

    private static readonly string[] WellKnown = ["production", "staging", "test", "development"];

    public void Detect(ResourceFacts facts)
    {
        var name = hostEnvironment ?? environment("ASPNETCORE_ENVIRONMENT") ?? environment("DOTNET_ENVIRONMENT");
        facts.Add(Attribute, WellKnown.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name);
    }
}
