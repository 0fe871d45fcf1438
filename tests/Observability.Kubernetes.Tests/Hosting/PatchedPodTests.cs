using System.Text;
using System.Text.Json.Nodes;
using Observability.Kubernetes.Tests.Injection;
using TestPeers;

namespace Observability.Kubernetes.Tests.Hosting;

/// <summary>A pod as the webhook leaves it, carried out: its init container and its application, each in a root file system and a user of its own.</summary>
public sealed class PatchedPodTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("observability-pod-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public async Task What_the_patch_adds_installs_the_hook_that_the_patched_container_is_started_with()
    {
        var bwrap = Tool.Require("bwrap");
        Tool.Require("gcc");
        Skip.IfNot(Tool.Run(bwrap, ["--unshare-all", "--ro-bind", "/", "/", "true"]).ExitCode == 0, "bwrap may not make a namespace here");
        Skip.IfNot(File.Exists(Repository.File("artifacts", "payload", "payload.txt")), "artifacts/payload is not built");
        var pod = await Patched();
        var installer = pod["spec"]!["initContainers"]![0]!;
        var container = pod["spec"]!["containers"]![0]!;
        var mount = container["volumeMounts"]!.AsArray().Single(mount => mount!["name"]!.ToString() == "observability")!;
        Assert.Equal((mount["mountPath"]!.ToString(), true), (installer["volumeMounts"]![0]!["mountPath"]!.ToString(), mount["readOnly"]!.GetValue<bool>()));
        var (root, volume) = (Image(mount["mountPath"]!.ToString()), _folder.CreateSubdirectory("volume").FullName);

        string[] asUser = ["--unshare-user", "--uid", "54321", "--gid", "54321"];
        var installed = Tool.Run(bwrap, ["--unshare-all", .. asUser, "--ro-bind", root, "/", "--bind", volume, mount["mountPath"]!.ToString(), "--", "/bin/observability", .. installer["args"]!.AsArray().Select(argument => argument!.ToString())]);
        Assert.Equal((0, ""), (installed.ExitCode, installed.Error));

        // The application is any of .NET's: this one says what is wrong with its settings and ends. That it was hooked is told by the weaver, which finds no place to write to.
        var variables = container["env"]!.AsArray().Where(variable => variable!["value"] is not null).ToDictionary(variable => variable!["name"]!.ToString(), variable => (string?)variable!["value"]!.ToString());
        variables["OBSERVABILITY_WEAVE"] = "Nothing";
        variables["WEBHOOK_IMAGE"] = "";
        var application = Path.Combine(AppContext.BaseDirectory, "Observability.Kubernetes.dll");
        var ran = Tool.Run(bwrap, ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", Path.GetDirectoryName(mount["mountPath"]!.ToString())!, "--ro-bind", volume, mount["mountPath"]!.ToString(), .. asUser, "--", "dotnet", application], environment: variables);
        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("OBS7014", ran.Error, StringComparison.Ordinal);
        Assert.Contains("observability-webhook: WEBHOOK_IMAGE is not set", ran.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonObject> Patched()
    {
        await using var webhook = await RunningWebhook.Start();
        using var answer = await webhook.Admission.PostAsync(new Uri("/mutate", UriKind.Relative), RunningWebhook.Review(Pods.Read("plain")));
        var response = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["response"]!;
        return AppliedPatch.To(Pods.Read("plain"), (JsonArray)JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(response["patch"]!.ToString())))!);
    }

    /// <summary>The image's root, with the place in it that a runtime makes for the volume.</summary>
    private string Image(string mountPath)
    {
        var image = Path.Combine(_folder.FullName, "image");
        var built = Tool.Run(Repository.File("build", "auto-instrumentation-image.sh"), [image]);
        Assert.True(built.ExitCode == 0, built.ToString());
        var root = Path.Combine(image, "rootfs");
        Directory.CreateDirectory(Path.Combine(root, mountPath.TrimStart('/')));
        return root;
    }
}
