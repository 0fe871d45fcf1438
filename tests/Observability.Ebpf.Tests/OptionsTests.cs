using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Observability.Ebpf.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void The_section_is_read_and_code_wins()
    {
        var options = Read(new() { ["Observability:Ebpf:TcpInfo"] = "true", ["Observability:Ebpf:Servers"] = "false" }, code => code.Servers = true);
        Assert.True(options.TcpInfo);
        Assert.True(options.Servers);
        Assert.True(options.Clients);
    }

    [Fact]
    public void Every_fault_of_the_section_is_named()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new() { ["Observability:Ebpf:TcpInfo"] = "perhaps", ["Observability:Ebpf:Cookies"] = "true" }, _ => { }));
        Assert.Equal(2, failure.Failures.Count());
        Assert.Contains(failure.Failures, fault => fault.Contains("Observability:Ebpf:TcpInfo", StringComparison.Ordinal) && fault.Contains("perhaps", StringComparison.Ordinal));
        Assert.Contains(failure.Failures, fault => fault.Contains("Observability:Ebpf:Cookies", StringComparison.Ordinal));
    }

    [Fact]
    public void Beside_AddObservability_the_section_is_no_unknown_one()
    {
        var options = Read(new() { ["Observability:Ebpf:TcpInfo"] = "true" }, _ => { });
        Assert.True(options.TcpInfo);
    }

    private static EbpfOptions Read(Dictionary<string, string?> settings, Action<EbpfOptions> code)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddObservability().AddEbpfCorrelation(code);
        using var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<IOptions<ObservabilityOptions>>().Value;
        return provider.GetRequiredService<IOptions<EbpfOptions>>().Value;
    }
}
