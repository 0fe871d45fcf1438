using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>Whether a pod is for Windows, or may come to run there: the payload's installer is a program for Linux.</summary>
internal static class PodPlatform
{
    private const string Windows = "windows";

    /// <summary>The label of nodes, and the one that it had before Kubernetes 1.14.</summary>
    private static readonly string[] Labels = ["kubernetes.io/os", "beta.kubernetes.io/os"];

    public static bool MayBeWindows(JsonObject? spec) =>
        spec.Object("os").Text("name") == Windows
        || Array.Exists(Labels, label => spec.Object("nodeSelector").Text(label) == Windows)
        || Terms(spec).SelectMany(term => term.Objects("matchExpressions")).Any(AdmitsWindows)
        || HasOptions(spec) || spec.Objects("containers").Concat(spec.Objects("initContainers")).Any(HasOptions);

    /// <summary>One of them has to match.</summary>
    private static IEnumerable<JsonObject> Terms(JsonObject? spec) =>
        spec.Object("affinity").Object("nodeAffinity").Object("requiredDuringSchedulingIgnoredDuringExecution").Objects("nodeSelectorTerms");

    private static bool AdmitsWindows(JsonObject expression) =>
        Labels.Contains(expression.Text("key")) && expression.Text("operator") switch
        {
            "In" => expression.Texts("values").Contains(Windows),
            "NotIn" => expression.Texts("values").Contains("linux"),
            _ => false,
        };

    /// <summary>A host process, a user or an account of Windows.</summary>
    private static bool HasOptions(JsonObject? owner) => owner.Object("securityContext").Object("windowsOptions") is { Count: > 0 };
}
