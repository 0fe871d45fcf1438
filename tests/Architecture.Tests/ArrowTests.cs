namespace Architecture.Tests;

/// <summary>Who may reference whom: the drawing in docs/architecture.md, read from project files and built assemblies.</summary>
public class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Observability"] = ["Observability.Logging", "Observability.Sampling", "Observability.Prometheus"],
        ["Observability.Logging"] = [],
        ["Observability.Sampling"] = [],
        ["Observability.Prometheus"] = [],
        ["Observability.AspNetCore"] = ["Observability", "Observability.Prometheus", "Observability.Sampling"],
        ["Observability.Ebpf"] = [],
        ["Observability.Ebpf.Agent"] = [],
        ["Observability.StartupHook"] = [],
        // The bridge, the hook and ASP.NET Core's part are built into its payload, not compiled against.
        ["Observability.AutoInstrumentation"] = ["Observability", "Observability.AspNetCore", "Observability.Ebpf", "Observability.AutoInstrumentation.Bridge", "Observability.StartupHook", "Observability.Weaver.Startup"],
        ["Observability.AutoInstrumentation.Bridge"] = [],
        ["Observability.Weaver"] = [],
        ["Observability.Weaver.Startup"] = ["Observability.Weaver"],
        ["Observability.Weaver.Build"] = ["Observability.Weaver"],
        ["Observability.Tool"] = ["Observability.Weaver", "Observability.AutoInstrumentation"],
        ["Observability.Kubernetes"] = [],
    };

    /// <summary>Assemblies that one project alone may touch.</summary>
    private static readonly Dictionary<string, string[]> Owners = new()
    {
        ["Microsoft.AspNetCore"] = ["Observability.AspNetCore", "Observability.Kubernetes"],
        ["Mono.Cecil"] = ["Observability.Weaver"],
    };

    [Theory]
    [MemberData(nameof(ShippingProject.Names), MemberType = typeof(ShippingProject))]
    public void A_project_references_only_the_projects_that_the_drawing_allows(string name)
    {
        Assert.True(Allowed.ContainsKey(name), $"{name} is not in the drawing: add it to docs/architecture.md and to this test.");
        var project = ShippingProject.Named(name);
        Assert.Empty(project.ProjectReferences.Except(Allowed[name]));
    }

    [Theory]
    [MemberData(nameof(ShippingProject.Names), MemberType = typeof(ShippingProject))]
    public void A_built_assembly_references_no_sibling_that_its_project_file_does_not_name(string name)
    {
        var project = ShippingProject.Named(name);
        var siblings = project.Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(assembly => ShippingProject.All.Any(other => other.Name == assembly));
        Assert.Empty(siblings.Except(Allowed[name]));
    }

    [Theory]
    [MemberData(nameof(ShippingProject.Names), MemberType = typeof(ShippingProject))]
    public void An_assembly_with_an_owner_is_touched_by_its_owner_alone(string name)
    {
        var foreign = ShippingProject.Named(name).Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(assembly => Owners.Any(owner => assembly.StartsWith(owner.Key, StringComparison.Ordinal) && !owner.Value.Contains(name)));
        Assert.Empty(foreign);
    }

    [Theory]
    [MemberData(nameof(ShippingProject.Names), MemberType = typeof(ShippingProject))]
    public void Only_ASPNET_projects_take_the_ASPNET_framework(string name)
    {
        var project = ShippingProject.Named(name);
        if (!Owners["Microsoft.AspNetCore"].Contains(name)) Assert.Empty(project.FrameworkReferences);
    }

    [Theory]
    [MemberData(nameof(ShippingProject.Names), MemberType = typeof(ShippingProject))]
    public void No_shipping_assembly_opens_its_internals_to_another(string name)
    {
        var friends = ShippingProject.Named(name).Assembly
            .GetCustomAttributes(typeof(System.Runtime.CompilerServices.InternalsVisibleToAttribute), false)
            .Cast<System.Runtime.CompilerServices.InternalsVisibleToAttribute>()
            .Select(friend => friend.AssemblyName);
        Assert.DoesNotContain(friends, friend => ShippingProject.All.Any(other => other.Name == friend));
    }

    [Theory]
    [MemberData(nameof(ShippingProject.Names), MemberType = typeof(ShippingProject))]
    public void No_source_file_is_linked_from_another_project(string name) =>
        Assert.DoesNotContain(ShippingProject.Named(name).CompileIncludes, include => include.StartsWith("..", StringComparison.Ordinal));
}
