namespace Observability.Kubernetes.Injection;

/// <summary>What is put into pods.</summary>
internal sealed record InjectionSettings
{
    public const string InitContainer = "observability-install";
    public const string Volume = "observability";

    /// <summary>The image that installs the payload.</summary>
    public required string Image { get; init; }

    public required string ImagePullPolicy { get; init; }

    /// <summary>The installer's arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Where the payload is seen by the application and by the installer.</summary>
    public required string MountPath { get; init; }

    /// <summary>The start-up hook under <see cref="MountPath"/>.</summary>
    public required string HookPath { get; init; }

    public required string SizeLimit { get; init; }

    /// <summary>Further variables, each set only where the container does not have it.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
