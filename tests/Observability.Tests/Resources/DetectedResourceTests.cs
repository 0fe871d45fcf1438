using System.Reflection;
using Observability.Resources;
using OpenTelemetry.Resources;

namespace Observability.Tests.Resources;

public class DetectedResourceTests
{
    private static readonly Assembly Entry = typeof(DetectedResourceTests).Assembly;

    [Fact]
    public void A_process_that_says_nothing_is_described_all_the_same()
    {
        var facts = Detect(new GivenIdentity(), []);
        Assert.Equal("Observability.Tests", facts["service.name"]);
        Assert.Equal(Entry.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, facts["service.version"]);
        Assert.Equal(4, Guid.Parse((string)facts["service.instance.id"]).Version);
        Assert.Equal(Environment.MachineName, facts["host.name"]);
        Assert.Equal((long)Environment.ProcessId, facts["process.pid"]);
        Assert.Equal(Environment.ProcessPath, facts["process.executable.path"]);
        Assert.Equal(".NET", facts["process.runtime.name"]);
        Assert.Equal(Environment.Version.ToString(), facts["process.runtime.version"]);
        Assert.StartsWith(".NET 10", (string)facts["process.runtime.description"], StringComparison.Ordinal);
        Assert.Contains((string)facts["os.type"], new[] { "linux", "windows", "darwin" });
        Assert.Contains((string)facts["host.arch"], new[] { "amd64", "arm64" });
        Assert.DoesNotContain(facts.Keys, name => name.StartsWith("k8s.", StringComparison.Ordinal) || name.StartsWith("container.", StringComparison.Ordinal));
    }

    [Fact]
    public void Command_lines_are_never_told() =>
        Assert.DoesNotContain(Detect(new GivenIdentity(), []).Keys, name => name.StartsWith("process.command", StringComparison.Ordinal));

    [Fact]
    public void Options_win_over_variables_and_variables_over_what_is_detected()
    {
        var given = new GivenIdentity { ServiceName = "options", Attributes = [new("host.name", "options"), new("service.name", "attributes")] };
        var facts = Detect(given, [("OTEL_SERVICE_NAME", "variable"), ("OTEL_RESOURCE_ATTRIBUTES", "host.name=list,os.type=list,deployment.environment.name=list")]);
        Assert.Equal(("options", "options", "list", "list"), (facts["service.name"], facts["host.name"], facts["os.type"], facts["deployment.environment.name"]));
    }

    [Fact]
    public void OTEL_SERVICE_NAME_wins_over_the_attribute_list() =>
        Assert.Equal("variable", Detect(new GivenIdentity(), [("OTEL_RESOURCE_ATTRIBUTES", "service.name=list"), ("OTEL_SERVICE_NAME", "variable")])["service.name"]);

    [Theory]
    [InlineData("Production", "production")]
    [InlineData("Development", "development")]
    [InlineData("Blue-West", "Blue-West")]
    public void The_hosts_environment_names_the_deployment(string host, string expected)
    {
        Assert.Equal(expected, Detect(new GivenIdentity { HostEnvironment = host }, [])["deployment.environment.name"]);
        Assert.Equal(expected, Detect(new GivenIdentity(), [("DOTNET_ENVIRONMENT", host)])["deployment.environment.name"]);
        Assert.Equal("Given", Detect(new GivenIdentity { HostEnvironment = host, Environment = "Given" }, [])["deployment.environment.name"]);
    }

    [Fact]
    public void In_Kubernetes_the_instance_is_the_container()
    {
        var facts = Detect(new GivenIdentity(), [("K8S_POD_NAME", "shop-5d4c"), ("K8S_NAMESPACE_NAME", "prod"), ("OTEL_RESOURCE_ATTRIBUTES", "k8s.container.name=shop")]);
        Assert.Equal("prod.shop-5d4c.shop", facts["service.instance.id"]);
    }

    [Fact]
    public void A_host_id_is_told_on_a_machine_and_not_in_a_container()
    {
        var machine = Path.GetTempFileName();
        File.WriteAllText(machine, "0123456789abcdef0123456789abcdef\n");
        var files = Captured.Nothing with { MachineIds = ["/nonexistent", machine] };
        Assert.Equal("0123456789abcdef0123456789abcdef", Captured.Facts(new HostDetector(files))["host.id"]);
        Assert.DoesNotContain("host.id", Captured.Facts(new HostDetector(files), ("container.id", "x")).Keys);
        Assert.DoesNotContain("host.id", Captured.Facts(new HostDetector(files with { ContainerMarks = [machine] })).Keys);
        File.WriteAllText(machine, "uninitialized\n");
        Assert.DoesNotContain("host.id", Captured.Facts(new HostDetector(files)).Keys);
        File.Delete(machine);
    }

    [Fact]
    public void A_failing_detector_is_reported_and_costs_only_its_own_attributes()
    {
        var reports = new List<string>();
        var resource = new DetectedResource([new Broken(), new ServiceDetector(Entry)], reports.Add).Detect();
        Assert.Contains(resource.Attributes, attribute => attribute.Key == "service.name");
        Assert.Equal(["Broken failed, its resource attributes are missing: no such luck"], reports);
    }

    [Fact]
    public void A_malformed_list_is_reported_with_its_remedy()
    {
        var reports = new List<string>();
        DetectedResource.Of(new GivenIdentity(), Captured.Environment(("OTEL_RESOURCE_ATTRIBUTES", "a=1,broken")), Entry, reports.Add, Captured.Nothing).Detect();
        Assert.Equal(["OTEL_RESOURCE_ATTRIBUTES has an entry 'broken' that has no '='; it is left out. Write name=value,name=value and percent-encode ',' '=' and '%'"], reports);
    }

    [Fact]
    public void What_the_user_configures_later_in_OpenTelemetry_wins()
    {
        var detector = DetectedResource.Of(new GivenIdentity { ServiceName = "ours" }, _ => null, Entry, _ => { }, Captured.Nothing);
        var resource = ResourceBuilder.CreateDefault().AddDetector(detector).AddService("theirs").Build();
        Assert.Equal("theirs", resource.Attributes.Single(attribute => attribute.Key == "service.name").Value);
    }

    private static Dictionary<string, object> Detect(GivenIdentity given, (string, string)[] variables) =>
        DetectedResource.Of(given, Captured.Environment(variables), Entry, report => Assert.Fail(report), Captured.Nothing)
            .Detect().Attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value);

    private sealed class Broken : IFactDetector
    {
        public void Detect(ResourceFacts facts) => throw new IOException("no such luck");
    }
}
