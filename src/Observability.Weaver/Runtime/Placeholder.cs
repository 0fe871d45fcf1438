namespace Observability.Weaver.Runtime;

/// <summary>Constants in the copied types that the weaver replaces.</summary>
internal static class Placeholder
{
    public const string SourceName = "{source name}";
    public const string SourceVersion = "{source version}";
}
