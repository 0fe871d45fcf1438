using System.Text.Json;

namespace Observability.Weaver.Startup.Cache;

/// <summary>
/// Names the woven assemblies to the host as additional dependencies of the highest version. The property <c>localPath</c>, which .NET 10's host reads,
/// leads nowhere, so that the host does not take the application's own file for them and goes on to the store.
/// </summary>
internal static class DepsFile
{
    private const string Target = ".NETCoreApp,Version=v10.0";
    private const string Nowhere = ".observability-nowhere/";
    private const string Highest = "65535.65535.65535.65535";

    public static void Write(CacheEntry entry, IReadOnlyList<string> assemblies)
    {
        using var file = File.Create(entry.Deps);
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteStartObject("runtimeTarget");
        json.WriteString("name", Target);
        json.WriteEndObject();
        json.WriteStartObject("targets");
        json.WriteStartObject(Target);
        foreach (var assembly in assemblies) WriteLibrary(json, assembly);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("libraries");
        foreach (var assembly in assemblies) WritePlace(json, assembly);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLibrary(Utf8JsonWriter json, string assembly)
    {
        json.WriteStartObject(CacheEntry.Library(assembly));
        json.WriteStartObject("runtime");
        json.WriteStartObject($"lib/{assembly}.dll");
        json.WriteString("assemblyVersion", Highest);
        json.WriteString("fileVersion", Highest);
        json.WriteString("localPath", $"{Nowhere}{assembly}.dll");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, string assembly)
    {
        json.WriteStartObject(CacheEntry.Library(assembly));
        json.WriteString("type", "package");
        json.WriteBoolean("serviceable", false);
        json.WriteString("sha512", "");
        json.WriteString("path", CacheEntry.Library(assembly));
        json.WriteEndObject();
    }
}
