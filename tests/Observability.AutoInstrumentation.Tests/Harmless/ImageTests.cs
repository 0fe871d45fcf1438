using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Observability.AutoInstrumentation.Tests.Apps;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Harmless;

/// <summary>The image that installs the payload, built from scratch and run as it would be in a pod.</summary>
public sealed partial class ImageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("observability-image-");

    [SkippableFact]
    public void Any_user_on_a_read_only_root_installs_and_an_application_runs_with_it()
    {
        var target = Build();
        Assert.Equal(0, Install(target));
        Assert.Equal(0, Install(target));
        Assert.Equal(Files(Repository.File("artifacts", "payload")), Files(target));
        var result = HookedRun.Run(PublishedApp.Of("PlainConsole").Program, ["exit=8"], HookedRun.Hooked(PackedPayload.HookIn(target)));
        Assert.Equal((8, ""), (result.ExitCode, result.Error));
    }

    [SkippableFact]
    public void An_installation_that_fails_leaves_no_hook_and_says_why()
    {
        var target = Build();
        Directory.CreateDirectory(Path.Combine(target, "payload.txt", "in-the-way"));
        var result = Run(target);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("OBS6009: ", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(PackedPayload.HookIn(target)));
    }

    [SkippableFact]
    public void What_the_manifest_asks_of_the_image_installs_what_it_tells_the_application()
    {
        var manifest = File.ReadAllText(Repository.File("src", "Observability.Kubernetes", "deploy", "plain", "deployment.yaml"));
        var arguments = Argument().Match(manifest).Groups[1].Value.Split(',', StringSplitOptions.TrimEntries);
        var mount = Mount().Match(manifest).Groups[1].Value;
        var hook = Hook().Match(manifest).Groups[1].Value;
        var volume = Build();
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "image", "rootfs", mount.TrimStart('/')));

        var installed = Run(volume, mount, arguments);

        Assert.Equal((0, ""), (installed.ExitCode, installed.Error));
        // The application's container mounts the volume at the same place, for reading.
        var app = PublishedApp.Of("PlainConsole");
        string[] inside = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/opt", "--ro-bind", volume, mount, "--unshare-user", "--uid", "4711", "--gid", "4711", "--", app.Program, "exit=8"];
        var result = Tool.Run("bwrap", inside, environment: HookedRun.Hooked(hook));
        Assert.Equal((8, ""), (result.ExitCode, result.Error));
    }

    [SkippableFact]
    public void The_layout_is_OCIs_and_every_digest_is_right()
    {
        Build();
        var layout = Path.Combine(_folder.FullName, "image", "oci");
        Assert.Equal("1.0.0", Json(Path.Combine(layout, "oci-layout")).GetProperty("imageLayoutVersion").GetString());
        var manifest = Json(Blob(layout, Json(Path.Combine(layout, "index.json")).GetProperty("manifests")[0]));
        var config = Json(Blob(layout, manifest.GetProperty("config")));
        var layer = manifest.GetProperty("layers")[0];
        Blob(layout, layer);
        Assert.Equal(layer.GetProperty("digest").GetString(), config.GetProperty("rootfs").GetProperty("diff_ids")[0].GetString());
        Assert.NotEqual("0", config.GetProperty("config").GetProperty("User").GetString()!.Split(':')[0]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Builds the image and returns an empty directory to install into.</summary>
    private string Build()
    {
        Tool.Require("gcc");
        Tool.Require("bwrap");
        Skip.IfNot(Tool.Run("bwrap", ["--unshare-all", "--ro-bind", "/", "/", "true"]).ExitCode == 0, "bwrap may not make a namespace here");
        _ = PackedPayload.Folder;
        Skip.IfNot(File.Exists(Repository.File("artifacts", "payload", "payload.txt")), "artifacts/payload is not built");
        var built = Tool.Run(Repository.File("build", "auto-instrumentation-image.sh"), [Path.Combine(_folder.FullName, "image")]);
        Assert.True(built.ExitCode == 0, built.ToString());
        var target = _folder.CreateSubdirectory("target").FullName;
        return target;
    }

    private int Install(string target)
    {
        var result = Run(target);
        Assert.Equal("", result.Error);
        return result.ExitCode;
    }

    private ToolResult Run(string target, string mount = "/observability", params string[] arguments)
    {
        // The identity inside; the directory itself belongs to whoever runs the test, as an emptyDir belongs to its pod.
        var user = new Random(23).Next(10_000, 60_000).ToString(CultureInfo.InvariantCulture);
        string[] sandbox = ["--unshare-all", "--uid", user, "--gid", user, "--ro-bind", Path.Combine(_folder.FullName, "image", "rootfs"), "/", "--bind", target, mount];
        return Tool.Run("bwrap", [.. sandbox, "/bin/observability", .. arguments]);
    }

    private static string Blob(string layout, JsonElement descriptor)
    {
        var digest = descriptor.GetProperty("digest").GetString()!.Split(':')[1];
        var file = Path.Combine(layout, "blobs", "sha256", digest);
        Assert.Equal((digest, descriptor.GetProperty("size").GetInt64()), (Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), new FileInfo(file).Length));
        return file;
    }

    private static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(file)).RootElement;

    [GeneratedRegex(@"observability-install[\s\S]*?args: \[(.*)\]")]
    private static partial Regex Argument();

    [GeneratedRegex(@"observability-install[\s\S]*?mountPath: (\S+)")]
    private static partial Regex Mount();

    [GeneratedRegex(@"DOTNET_STARTUP_HOOKS\s+value: (\S+)")]
    private static partial Regex Hook();

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => $"{Path.GetRelativePath(folder, file)} {new FileInfo(file).Length}").Order(StringComparer.Ordinal);
}
