using System.Text.RegularExpressions;
using TestPeers;

namespace Observability.Kubernetes.Tests.Hosting;

/// <summary>The webhook as a process of its own, as its pod runs it.</summary>
public partial class ProcessTests
{
    private static string Program => Path.Combine(AppContext.BaseDirectory, "Observability.Kubernetes.dll");

    [SkippableFact]
    public async Task It_runs_as_any_user_on_a_read_only_root()
    {
        var bwrap = Tool.Require("bwrap");
        string[] sandbox = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-user", "--unshare-pid", "--uid", "54321", "--gid", "54321", "--die-with-parent"];
        Skip.If(Tool.Run(bwrap, [.. sandbox, "true"]).ExitCode != 0, "this machine does not let bwrap make a user namespace");
        using var secret = new SecretFolder();
        await using var process = RunningProcess.Start(bwrap, [.. sandbox, "dotnet", Program], new Dictionary<string, string?>
        {
            ["WEBHOOK_IMAGE"] = "x:1",
            ["WEBHOOK_TLSPORT"] = "0",
            ["WEBHOOK_HTTPPORT"] = "0",
            ["WEBHOOK_CERTIFICATES"] = secret.Path,
            ["DOTNET_EnableDiagnostics"] = "0",
        });
        string? address = null;
        await process.WaitUntil(() => (address = process.Output.Select(line => Listening().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value) is not null, TimeSpan.FromSeconds(60), "the webhook listens");
        using var client = new HttpClient();
        Assert.Equal("ok", await client.GetStringAsync(new Uri($"http://127.0.0.1:{address}/healthz")));
    }

    [Fact]
    public void A_bad_start_is_one_line_for_each_fault_and_an_exit_code()
    {
        var ended = Tool.Run("dotnet", [Program], environment: new Dictionary<string, string?> { ["WEBHOOK_IMAGE"] = "", ["WEBHOOK_SIZELIMIT"] = "much", ["WEBHOOK_VARIABLES__Observability__Logs-Json"] = "x" });
        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(["observability-webhook: WEBHOOK_IMAGE is not set: name the image that installs the payload.", "observability-webhook: WEBHOOK_SIZELIMIT is 'much': use a quantity such as 200Mi.",
            "observability-webhook: WEBHOOK_VARIABLES__Observability__Logs-Json names no variable: use letters, digits and underscores."],
            ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [GeneratedRegex(@"Now listening on: http://\[::\]:(\d+)")]
    private static partial Regex Listening();
}
