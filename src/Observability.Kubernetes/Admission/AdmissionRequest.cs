using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Admission;

/// <summary>What of an AdmissionReview matters here.</summary>
/// <param name="Uid">The request's id, which the answer repeats.</param>
/// <param name="Namespace">Where the pod is to live.</param>
/// <param name="Pod">The pod that is being created; null for whatever else is asked about.</param>
internal sealed record AdmissionRequest(string Uid, string? Namespace, JsonObject? Pod);
