using System.Diagnostics;
using Observability.Ebpf.Agent.Tenants;
using Observability.Ebpf.Agent.Tests.Lab;
using TestPeers;

namespace Observability.Ebpf.Agent.Tests.Tenants;

/// <summary>Pods as a node shows them: control groups named after them, a network namespace each.</summary>
public sealed class PodTests
{
    [SkippableFact]
    public async Task A_pod_is_a_tenant_from_its_first_process_to_its_last()
    {
        using var mount = BpfMount.Require();
        using var agent = new RunningAgent(mount, "--pods");
        var scan = new TenantScan(pods: true, new Dictionary<string, string>());
        var uid = Guid.NewGuid().ToString();
        var container = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()) + Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        var folder = Path.Combine(mount.Folder, "v1", "pods", uid);

        using (var pod = Pod.Require(uid, container))
        {
            await Until(() => Refresh(agent, scan) && Directory.Exists(folder), "the pod is found");
            var tenant = agent.Agent.Tenants.Find(ProcessFacts.Namespace($"{pod.Process}", "net")!.Value)!;
            Assert.Equal((uid, container), (tenant.Name, tenant.Container));
            Assert.Equal(["events", "slots", "sockets", "threads"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        await Until(() => Refresh(agent, scan) && !Directory.Exists(folder), "the pod is forgotten");
    }

    [SkippableFact]
    public void Pods_that_went_while_no_agent_ran_leave_no_maps_and_a_folder_that_waits_for_its_pod_stays()
    {
        using var mount = BpfMount.Require();
        var (gone, coming) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        using (var first = new RunningAgent(mount)) Assert.Empty(first.Agent.Tenants.Refresh([new Tenant(gone, 77, [88], null)]));
        var pods = Path.Combine(mount.Folder, "v1", "pods");
        Assert.True(Directory.Exists(Path.Combine(pods, gone)));
        Directory.CreateDirectory(Path.Combine(pods, coming));

        using var second = new RunningAgent(mount);

        Assert.Equal([coming], Directory.GetDirectories(pods).Select(Path.GetFileName));
    }

    [SkippableFact]
    public void A_stranger_on_the_node_reaches_neither_the_host_s_maps_nor_a_pod_s()
    {
        using var mount = BpfMount.Require();
        var setpriv = Tool.Require("setpriv");
        using var agent = new RunningAgent(mount, "--group", "4242");
        var uid = Guid.NewGuid().ToString();
        var host = new TenantScan(false, new Dictionary<string, string>()).Find();
        Assert.Empty(agent.Agent.Tenants.Refresh([.. host, new Tenant(uid, 77, [88], null)]));
        var (hosts, pods) = (Path.Combine(mount.Folder, "v1", "host", "slots"), Path.Combine(mount.Folder, "v1", "pods", uid, "slots"));

        Assert.Equal((false, false), (Reaches(setpriv, 65534, hosts), Reaches(setpriv, 65534, pods)));
        Assert.Equal((true, false), (Reaches(setpriv, 4242, hosts), Reaches(setpriv, 4242, pods)));
        // In the pod, where its own folder is mounted, every user may.
        Assert.Equal((UnixFileMode)0b110_110_110, File.GetUnixFileMode(pods));
    }

    private static bool Reaches(string setpriv, int group, string file) =>
        Tool.Run(setpriv, ["--reuid=65534", $"--regid={group}", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all", "test", "-r", file, "-a", "-w", file]).ExitCode == 0;

    private static bool Refresh(RunningAgent agent, TenantScan scan)
    {
        Assert.Empty(agent.Agent.Tenants.Refresh(scan.Find()));
        return true;
    }

    private static async Task Until(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(90), what);
            await Task.Delay(20);
        }
    }
}
