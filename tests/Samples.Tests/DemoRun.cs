using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TestPeers;

namespace Samples.Tests;

/// <summary>One run of build/demo.sh, as a person starts it but for the ports; what it printed, by section.</summary>
public sealed partial class DemoRun : IDisposable
{
    private static readonly string[] PortNames =
        ["WEB_PORT", "ORDERS_PORT", "COLLECTOR_PORT", "PROMETHEUS_PORT", "WEB_METRICS_PORT", "ORDERS_METRICS_PORT", "WORKER_METRICS_PORT"];

    private readonly string _folder = Directory.CreateTempSubdirectory("shop-demo-").FullName;
    private ToolResult? _result;

    public IReadOnlyList<int> Ports { get; } = FreePorts(PortNames.Length);

    /// <summary>Runs the script on first use; skips the calling test where its tools are missing.</summary>
    public ToolResult Result => _result ??= Start();

    public string TraceId => Trace().Match(Section("A slow checkout")).Groups[1].Value;

    /// <summary>The lines below the heading that begins with these words.</summary>
    public string Section(string heading)
    {
        var start = Result.Output.IndexOf("== " + heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"No section '{heading}' in:\n{Result}");
        var end = Result.Output.IndexOf("\n== ", start, StringComparison.Ordinal);
        return end < 0 ? Result.Output[start..] : Result.Output[start..end];
    }

    public ToolResult Start(string? argument = null)
    {
        Skip.If(OperatingSystem.IsWindows(), "build/demo.sh needs bash, a Unix and Prometheus");
        Tool.Require("curl");
        Tool.Require("prometheus");
        var environment = PortNames.Zip(Ports).ToDictionary(port => port.First, port => (string?)port.Second.ToString());
        environment["DEMO_FOLDER"] = _folder;
        string[] arguments = argument is null ? [Repository.File("build", "demo.sh")] : [Repository.File("build", "demo.sh"), argument];
        return Tool.Run(Tool.Require("bash"), arguments, timeout: TimeSpan.FromMinutes(4), environment: environment);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }

    [GeneratedRegex("trace ([0-9a-f]{32}): ")]
    private static partial Regex Trace();
}
