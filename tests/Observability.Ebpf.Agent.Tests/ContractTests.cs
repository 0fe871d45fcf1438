using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TestPeers;
using Agents = Observability.Ebpf.Agent.Events;
using Applications = Observability.Ebpf.KernelEvents;

namespace Observability.Ebpf.Agent.Tests;

/// <summary>The agent and the application have no arrow between them: what both say of bpf/contract.h is compared here.</summary>
public sealed partial class ContractTests
{
    private static readonly string Contract = File.ReadAllText(Repository.File("src", "Observability.Ebpf.Agent", "bpf", "contract.h"));

    [Fact]
    public void Both_sides_number_the_kinds_of_events_as_the_kernel_programs_do()
    {
        var kernel = Numbers("kind").Where(kind => kind.Key != "kinds").ToDictionary();
        Assert.Equal(kernel, Named<Agents.KernelEventKind>());
        Assert.Equal(kernel, Named<Applications.KernelEventKind>());
    }

    [Fact]
    public void The_ways_of_attribution_are_numbered_as_the_kernel_programs_do() => Assert.Equal(Numbers("attribution"), Named<Agents.Attribution>());

    [Fact]
    public void Both_sides_read_the_fields_of_an_event_at_the_same_places()
    {
        Assert.Equal(136, Marshal.SizeOf<Agents.KernelEvent>());
        foreach (var field in typeof(Applications.KernelEvent).GetFields().Where(field => !field.IsLiteral))
            Assert.Equal(Marshal.OffsetOf<Agents.KernelEvent>(field.Name), Marshal.OffsetOf<Applications.KernelEvent>(field.Name));
    }

    private static Dictionary<string, long> Numbers(string name) =>
        Member().Matches(Regex.Match(Contract, $@"enum {name} \{{([^}}]*)\}}").Groups[1].Value)
            .ToDictionary(member => member.Groups[1].Value.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant(), member => long.Parse(member.Groups[2].Value));

    private static Dictionary<string, long> Named<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant(), value => Convert.ToInt64(value));

    [GeneratedRegex(@"(\w+) = (\d+)")]
    private static partial Regex Member();
}
