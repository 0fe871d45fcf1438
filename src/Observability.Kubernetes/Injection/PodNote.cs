using System.Text;
using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>The annotations that tell what was done, bounded: names of containers are the pod's own words, and the API server refuses a pod whose annotations are too large.</summary>
internal static class PodNote
{
    /// <summary>Characters; enough for a dozen containers.</summary>
    private const int MostOfReason = 1024;

    /// <summary>Bytes of all names and values together: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/</summary>
    private const int MostOfAll = 256 * 1024;

    /// <summary>Returns the reason as it is written. What does not fit beside the pod's own annotations is left out.</summary>
    public static string Write(JsonObject pod, PatchList patch, bool injected, string reason)
    {
        var annotations = patch.ObjectOf(patch.ObjectOf(pod, "metadata"), "annotations");
        var written = Cut(reason);
        foreach (var (name, value) in new[] { (PodAnnotations.Injected, injected ? "true" : "false"), (PodAnnotations.Reason, written) })
            if (annotations.Text(name) != value && Fits(annotations, name, value)) patch.Set(annotations, name, value);
        return written;
    }

    private static bool Fits(JsonObject annotations, string name, string value) =>
        annotations.Where(pair => pair.Key != name).Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(annotations.Text(pair.Key) ?? ""))
            + Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value) <= MostOfAll;

    private static string Cut(string reason)
    {
        if (reason.Length <= MostOfReason) return reason;
        var length = MostOfReason - 1;
        return reason[..(char.IsHighSurrogate(reason[length - 1]) ? length - 1 : length)] + "…";
    }
}
