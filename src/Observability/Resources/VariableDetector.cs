namespace Observability.Resources;

/// <summary><c>OTEL_SERVICE_NAME</c>, and <c>OTEL_RESOURCE_ATTRIBUTES</c> as the specification of resources has it.</summary>
internal sealed class VariableDetector(Func<string, string?> environment, Action<string> report) : IFactDetector
{
    public const string ServiceName = "OTEL_SERVICE_NAME";
    public const string Attributes = "OTEL_RESOURCE_ATTRIBUTES";

    public void Detect(ResourceFacts facts)
    {
        facts.Add("service.name", environment(ServiceName)?.Trim());
        foreach (var (name, value) in AttributeList.Parse(environment(Attributes), Fault)) facts.Add(name, value);
    }

    private void Fault(string entry, string reason) =>
        report($"{Attributes} has an entry '{entry}' that {reason}; it is left out. Write name=value,name=value and percent-encode ',' '=' and '%'");
}
