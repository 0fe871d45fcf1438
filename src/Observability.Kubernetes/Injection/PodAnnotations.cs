namespace Observability.Kubernetes.Injection;

/// <summary>What a pod says to the webhook, and what the webhook says back.</summary>
internal static class PodAnnotations
{
    /// <summary><c>true</c> asks for injection; anything else, and nothing, does not.</summary>
    public const string Inject = "observability.dotnet/inject";

    /// <summary>Names of containers, separated by commas; <c>*</c> for all but plain init containers. Without it: the default container, else the first.</summary>
    public const string Containers = "observability.dotnet/containers";

    /// <summary>The service's name, in place of the one that labels and owner give.</summary>
    public const string ServiceName = "observability.dotnet/service-name";

    /// <summary>Written: <c>true</c> or <c>false</c>.</summary>
    public const string Injected = "observability.dotnet/injected";

    /// <summary>Written: what was done, or why nothing was.</summary>
    public const string Reason = "observability.dotnet/reason";

    /// <summary>What kubectl takes for the container that is meant.</summary>
    public const string DefaultContainer = "kubectl.kubernetes.io/default-container";
}
