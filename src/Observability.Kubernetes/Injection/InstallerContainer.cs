using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>The init container that installs the payload into the volume before anything that needs it starts.</summary>
internal static class InstallerContainer
{
    /// <summary>The image's own user: what a pod that runs as root gets for this container.</summary>
    private const long OwnUser = 1654;

    public static JsonObject For(JsonObject pod, JsonObject chosen, InjectionSettings settings, JsonObject mount) => new()
    {
        ["name"] = InjectionSettings.InitContainer,
        ["image"] = settings.Image,
        ["imagePullPolicy"] = settings.ImagePullPolicy,
        ["args"] = new JsonArray([.. settings.Arguments.Select(argument => (JsonNode)argument)]),
        ["volumeMounts"] = new JsonArray(mount),
        ["resources"] = new JsonObject
        {
            ["requests"] = new JsonObject { ["cpu"] = "10m", ["memory"] = "32Mi" },
            ["limits"] = new JsonObject { ["cpu"] = "500m", ["memory"] = "128Mi" },
        },
        ["securityContext"] = Security(pod, chosen),
    };

    /// <summary>What Pod Security's "restricted" demands. The user is the application's where it names one, so that policies on users hold for both.</summary>
    private static JsonObject Security(JsonObject pod, JsonObject chosen)
    {
        var security = new JsonObject
        {
            ["allowPrivilegeEscalation"] = false,
            ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
            ["readOnlyRootFilesystem"] = true,
            ["runAsNonRoot"] = true,
            ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
        };
        var ofContainer = chosen.Object("securityContext").Number("runAsUser");
        var ofPod = pod.Object("spec").Object("securityContext").Number("runAsUser");
        if (ofContainer is > 0) security["runAsUser"] = ofContainer;
        else if (ofPod == 0) security["runAsUser"] = OwnUser;
        if (chosen.Object("securityContext").Number("runAsGroup") is > 0 and var group && ofContainer is > 0) security["runAsGroup"] = group;
        return security;
    }
}
