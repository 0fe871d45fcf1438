namespace Observability.Weaver.Startup.Settings;

/// <summary>The variables that weaving at start-up reads.</summary>
internal sealed class WeaveSettings
{
    public const string AdditionalDeps = "DOTNET_ADDITIONAL_DEPS";
    public const string SharedStore = "DOTNET_SHARED_STORE";
    public const string MarkerName = "OBSERVABILITY_WOVEN";

    /// <summary>Rules as text.</summary>
    public string Rules { get; init; } = "";

    /// <summary>A JSON file with rules.</summary>
    public string? RulesFile { get; init; }

    /// <summary>Where woven assemblies are kept; a folder of the user's own below the temporary one by default.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>What the first life of this process, or of one that it was started by, left behind.</summary>
    public string? Marker { get; init; }

    /// <summary>The host's own variables, which other tools may use too.</summary>
    public string? Deps { get; init; }

    public string? Store { get; init; }

    public static WeaveSettings Read(Func<string, string?> variable) => new()
    {
        Rules = variable("OBSERVABILITY_WEAVE") ?? "",
        RulesFile = Given(variable("OBSERVABILITY_WEAVE_FILE")),
        CacheFolder = Given(variable("OBSERVABILITY_WEAVE_CACHE")) is { } folder ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) : null,
        Marker = variable(MarkerName),
        Deps = Given(variable(AdditionalDeps)),
        Store = Given(variable(SharedStore)),
    };

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
