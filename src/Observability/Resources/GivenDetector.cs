namespace Observability.Resources;

/// <summary>What the user gave; the named settings win over the free attributes.</summary>
internal sealed class GivenDetector(GivenIdentity given) : IFactDetector
{
    public void Detect(ResourceFacts facts)
    {
        facts.Add("service.name", given.ServiceName);
        facts.Add("service.namespace", given.ServiceNamespace);
        facts.Add("service.version", given.ServiceVersion);
        facts.Add("service.instance.id", given.ServiceInstanceId);
        facts.Add(DeploymentDetector.Attribute, given.Environment);
        foreach (var (name, value) in given.Attributes) facts.Add(name, value);
    }
}
