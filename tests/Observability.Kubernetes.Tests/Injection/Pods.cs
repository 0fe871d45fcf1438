using System.Text.Json;
using System.Text.Json.Nodes;
using Observability.Kubernetes.Injection;
using TestPeers;

namespace Observability.Kubernetes.Tests.Injection;

/// <summary>The corpus of pods, a folder each, and the injector that they meet.</summary>
internal static class Pods
{
    public static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PodInjector Injector { get; } = new(new InjectionSettings
    {
        Image = "registry.example/observability-install:1",
        ImagePullPolicy = "IfNotPresent",
        Arguments = ["install", "/opt/observability/payload"],
        MountPath = "/opt/observability",
        HookPath = "/opt/observability/payload/Observability.StartupHook.dll",
        SizeLimit = "200Mi",
        Environment = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector.observability:4318" },
    });

    public static string Folder => Repository.File("tests", "Observability.Kubernetes.Tests", "Injection", "Cases");

    public static string[] All { get; } = [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Names => [.. All];

    public static JsonObject Read(string name) => Yaml.Read(File.ReadAllText(Path.Combine(Folder, name, "pod.yaml")));
}
