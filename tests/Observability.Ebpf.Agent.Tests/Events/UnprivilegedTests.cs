using System.Net.Sockets;
using System.Text;
using Observability.Ebpf.Agent.Tests.Lab;
using TestPeers;

namespace Observability.Ebpf.Agent.Tests.Events;

public sealed class UnprivilegedTests
{
    private const int Requests = 40;

    [SkippableFact]
    public async Task An_application_without_any_privilege_gets_its_kernel_events_on_its_spans()
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        var setpriv = Tool.Require("setpriv");
        using var agent = new RunningAgent(mount, "--group", "65534");
        using var listener = neighbour.Listen();
        var folder = CopyForNobody();
        neighbour.LoseEvery(5, least: 1);
        using var stop = new CancellationTokenSource();
        var serving = Serve(listener, stop.Token);

        await using var application = RunningProcess.Start(setpriv,
            ["--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", DotNet(), Path.Combine(folder, "Tagged.dll"), agent.Maps, WatchedCalls.AddressOf(listener).ToString(), $"{Requests}"],
            new Dictionary<string, string?> { ["DOTNET_CLI_HOME"] = folder, ["HOME"] = folder, ["TMPDIR"] = folder });
        var code = await application.WaitForExit(TimeSpan.FromMinutes(1));

        Assert.True(code == 0, string.Join('\n', application.Error));
        Assert.Contains("NoNewPrivs: 1", application.Output);
        Assert.Contains("CapEff: 0000000000000000", application.Output);
        Assert.Contains(application.Output, line => line.StartsWith("Uid: 65534", StringComparison.Ordinal));
        var spans = application.Output.Where(line => line.StartsWith("span ", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToList();
        Assert.Equal(Requests, spans.Count);
        // The span was still open when the kernel lost and repeated its bytes.
        Assert.Contains(spans, span => span[4].Contains("tcp.retransmit", StringComparison.Ordinal));
        var known = spans.Select(span => span[1] + span[2]).ToHashSet();
        var retransmits = await agent.WaitFor("tcp.retransmit", events => events.Count > 3);
        Assert.All(retransmits, line => Assert.Contains(line.GetProperty("trace_id").GetString() + line.GetProperty("span_id").GetString(), known));
        await stop.CancelAsync();
        await serving;
        Directory.Delete(folder, recursive: true);
    }

    private static string DotNet() => Path.GetFullPath(Tool.Require("dotnet"));

    /// <summary>The test's own folder may lie where nobody else may look.</summary>
    private static string CopyForNobody()
    {
        var source = Repository.File("tests", "TestApps", "Tagged", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");
        var folder = Directory.CreateTempSubdirectory("observability-nobody-").FullName;
        Tool.Run("cp", ["-r", source + "/.", folder]);
        Tool.Run("chmod", ["-R", "a+rwX", folder]);
        return folder;
    }

    private static async Task Serve(Socket listener, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptAsync(stop);
                var buffer = new byte[4096];
                while (await connection.ReceiveAsync(buffer, stop) > 0) await connection.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped with the test.
        }
    }
}
