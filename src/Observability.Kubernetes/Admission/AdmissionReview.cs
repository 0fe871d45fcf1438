using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Observability.Kubernetes.Injection;

namespace Observability.Kubernetes.Admission;

/// <summary>
/// The admission.k8s.io/v1 protocol, read and written:
/// https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#webhook-request-and-response
/// </summary>
internal static class AdmissionReview
{
    private const string Version = "admission.k8s.io/v1";
    private const string Kind = "AdmissionReview";

    /// <summary>Deeper than any pod; a stack is not to be had by nesting.</summary>
    private const int MaxDepth = 64;

    /// <exception cref="FormatException">It is no review of that version; the message says why.</exception>
    public static AdmissionRequest Read(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)) throw new FormatException("The body is no UTF-8.");
        JsonObject? review;
        try
        {
            review = JsonNode.Parse(body.Span, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("The body is no JSON: " + exception.Message, exception);
        }
        if (review.Text("kind") != Kind || review.Text("apiVersion") != Version) throw new FormatException($"The body is no {Kind} of {Version}.");
        if (review.Object("request") is not { } request) throw new FormatException("The review has no request.");
        if (request.Text("uid") is not { Length: > 0 and <= 256 } uid) throw new FormatException("The request has no uid.");
        return new AdmissionRequest(uid, request.Text("namespace"), IsNewPod(request) ? request.Object("object") : null);
    }

    /// <summary>Allows the request, always: who cannot be served runs as it would have run.</summary>
    public static string Allow(string uid, JsonArray patch, string? warning)
    {
        var response = new JsonObject { ["uid"] = uid, ["allowed"] = true };
        if (patch.Count > 0)
        {
            response["patchType"] = "JSONPatch";
            response["patch"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(patch.ToJsonString()));
        }
        if (warning is not null) response["warnings"] = new JsonArray(warning);
        return new JsonObject { ["apiVersion"] = Version, ["kind"] = Kind, ["response"] = response }.ToJsonString();
    }

    private static bool IsNewPod(JsonObject request)
    {
        var kind = request.Object("kind");
        return request.Text("operation") == "CREATE" && kind.Text("group") is null or "" && kind.Text("kind") == "Pod" && request.Text("subResource") is null or "";
    }
}
