using System.Net.Sockets;
using System.Text.Json;

namespace Samples.Tests;

public sealed class DemoTests(DemoRun demo) : IClassFixture<DemoRun>
{
    private static readonly string[] Processes = ["shop-web", "shop-orders", "shop-worker"];

    [SkippableFact]
    public void The_demo_ends_well_and_its_shoppers_got_what_they_should()
    {
        Assert.True(demo.Result.ExitCode == 0, demo.Result.ToString());
        Assert.Contains("120 checkouts: 114 accepted, 6 failed as planned, 0 unexpected", demo.Section("Drive load"));
    }

    [SkippableFact]
    public void The_trace_crosses_the_three_processes_in_one_tree()
    {
        var tree = demo.Section("A slow checkout");
        Assert.Contains("3 processes", tree);
        Assert.All(Processes, process => Assert.Contains(process, tree));
        Assert.Contains("ask supplier (internal)", tree);
        Assert.Contains("* supplier.slow", tree);
        // One root: everything else hangs below it.
        Assert.Single(tree.Split('\n'), line => line.Contains("ms  ") && !line.Contains('└') && !line.Contains('├') && line.Contains('('));
        AssertIsBelow(tree, parent: "send orders.accepted (producer)", child: "process orders.accepted (consumer)");
    }

    [SkippableFact]
    public void Each_process_wrote_a_JSON_log_line_with_the_trace_id()
    {
        var lines = demo.Section("Its log lines").Split('\n').Where(line => line.Contains('{')).ToList();
        Assert.All(Processes, process => Assert.Contains(lines, line => line.Contains(process + ": {")));
        Assert.All(lines, line =>
        {
            using var json = JsonDocument.Parse(line[line.IndexOf('{')..]);
            Assert.Equal(demo.TraceId, json.RootElement.GetProperty("trace_id").GetString());
        });
    }

    [SkippableFact]
    public void Prometheus_holds_an_exemplar_that_names_the_trace()
    {
        var metric = demo.Section("Its metric");
        Assert.Contains($"\"trace_id\":\"{demo.TraceId}\"", metric);
        Assert.Matches("""shop_checkouts_total\{"shop_item":"tea","shop_outcome":"accepted"\}  \d+""", metric);
    }

    [SkippableFact]
    public void A_failed_checkout_shows_the_exception_and_the_status_on_both_sides()
    {
        var tree = demo.Section("A checkout that failed");
        Assert.Contains("exception: Shop.Orders.PaymentDeclinedException: The bank declined", tree);
        Assert.Contains("shop-web     └─ checkout (internal)  ERROR \"the order service refused\"", tree);
        Assert.Contains("charge payment (internal)  ERROR \"The bank declined", tree);
    }

    [SkippableFact]
    public void It_names_the_addresses_to_open()
    {
        var addresses = demo.Section("Addresses");
        Assert.All([demo.Ports[0], demo.Ports[2], demo.Ports[3], demo.Ports[4]], port => Assert.Contains($"http://localhost:{port}", addresses));
    }

    [SkippableFact]
    public void It_works_a_second_time_and_leaves_nothing_running()
    {
        var second = demo.Result.ExitCode == 0 ? demo.Start() : demo.Result;
        Assert.True(second.ExitCode == 0, second.ToString());
        Assert.All(demo.Ports, port =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            Assert.Throws<SocketException>(() => socket.Connect("127.0.0.1", port));
        });
    }

    [SkippableFact]
    public void An_argument_that_it_does_not_know_prints_its_usage()
    {
        var result = demo.Start("--what");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("build/demo.sh --keep", result.Output);
    }

    private static void AssertIsBelow(string tree, string parent, string child)
    {
        var lines = tree.Split('\n').Where(line => line.Contains('─')).ToList();
        var at = lines.FindIndex(line => line.Contains(parent));
        var below = lines.FindIndex(line => line.Contains(child));
        Assert.True(at >= 0 && below > at && lines[below].IndexOf('─') > lines[at].IndexOf('─'), tree);
        // Nothing between them closes the parent's branch.
        Assert.All(lines[(at + 1)..below], line => Assert.True(line.IndexOf('─') > lines[at].IndexOf('─'), tree));
    }
}
