using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>
/// Who a container is to the backend, from what the pod tells:
/// https://opentelemetry.io/docs/specs/semconv/non-normative/k8s-attributes/
/// </summary>
internal static class ServiceIdentity
{
    public const string Name = "OTEL_SERVICE_NAME";
    public const string Attributes = "OTEL_RESOURCE_ATTRIBUTES";

    /// <summary>Variables that the attributes refer to, with the fields that they are taken from.</summary>
    public static readonly (string Variable, string Field)[] Fields =
    [
        ("OBSERVABILITY_POD_NAME", "metadata.name"),
        ("OBSERVABILITY_POD_UID", "metadata.uid"),
        ("OBSERVABILITY_NODE_NAME", "spec.nodeName"),
    ];

    public static string ServiceName(JsonObject pod, JsonObject container)
    {
        var metadata = pod.Object("metadata");
        var labels = metadata.Object("labels");
        string?[] candidates =
        [
            metadata.Object("annotations").Text(PodAnnotations.ServiceName),
            labels.Text("app.kubernetes.io/name"),
            Owner(metadata, labels.Text("pod-template-hash")),
            metadata.Text("name"),
        ];
        return Array.Find(candidates, name => !string.IsNullOrEmpty(name)) ?? container.Text("name")!;
    }

    /// <summary>The attributes that are not in the list yet, as the variable has them.</summary>
    public static string MissingAttributes(string present, string? space, string container)
    {
        var keys = present.Split(',').Select(pair => pair.Split('=')[0].Trim()).ToHashSet(StringComparer.Ordinal);
        (string Key, string? Value)[] attributes =
        [
            ("k8s.namespace.name", space),
            ("k8s.container.name", container),
            ("k8s.pod.name", "$(OBSERVABILITY_POD_NAME)"),
            ("k8s.pod.uid", "$(OBSERVABILITY_POD_UID)"),
            ("k8s.node.name", "$(OBSERVABILITY_NODE_NAME)"),
        ];
        return string.Join(',', attributes.Where(pair => !string.IsNullOrEmpty(pair.Value) && !keys.Contains(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}"));
    }

    /// <summary>The owner's name; of a ReplicaSet the Deployment's, which is its own without the hash of the template.</summary>
    private static string? Owner(JsonObject? metadata, string? hash)
    {
        var owner = metadata.Objects("ownerReferences").FirstOrDefault(reference => reference["controller"] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.True).Text("name");
        return owner is not null && !string.IsNullOrEmpty(hash) && owner.EndsWith("-" + hash, StringComparison.Ordinal) ? owner[..^(hash.Length + 1)] : owner;
    }
}
