namespace Observability.Sampling;

/// <summary>The names under which the built-in policies count; no rule may take them.</summary>
internal static class ReservedNames
{
    public const string Default = "default";
    public const string Parent = "parent";
    public const string Forced = "forced";
    public const string Priority = "priority";
    public const string Remote = "remote";
    public const string Other = "other";

    public static IReadOnlyList<string> All { get; } = [Default, Parent, Forced, Priority, Remote, Other];
}
