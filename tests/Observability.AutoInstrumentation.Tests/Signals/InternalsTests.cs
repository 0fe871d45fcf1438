using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Observability.AutoInstrumentation.Tests.Apps;

namespace Observability.AutoInstrumentation.Tests.Signals;

/// <summary>The few members that are not public and without which something held would be lost: a new SDK, or a new runtime, fails here first.</summary>
public class InternalsTests
{
    [Theory]
    [InlineData("Processor", "OpenTelemetry.BaseProcessor`1")]
    [InlineData("Sampler", "OpenTelemetry.Trace.Sampler")]
    public void The_SDKs_tracer_provider_has_its_pipeline_and_its_sampler(string property, string type)
    {
        var agent = Path.Combine(PackedPayload.Folder, "any", "agent");
        var context = new AssemblyLoadContext("the agent's", isCollectible: true);
        context.Resolving += (own, name) => File.Exists(Path.Combine(agent, name.Name + ".dll")) ? own.LoadFromAssemblyPath(Path.Combine(agent, name.Name + ".dll")) : null;
        var provider = context.LoadFromAssemblyPath(Path.Combine(agent, "OpenTelemetry.dll")).GetType("OpenTelemetry.Trace.TracerProviderSdk", throwOnError: true)!;
        var found = provider.GetProperty(property, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);
        Assert.NotNull(found?.GetMethod);
        Assert.StartsWith(type, found.PropertyType.FullName, StringComparison.Ordinal);
        context.Unload();
    }

    [Fact]
    public void A_spans_identifier_is_a_text_in_a_field()
    {
        var field = typeof(Activity).GetField("_spanId", BindingFlags.Instance | BindingFlags.NonPublic);
        Assert.Equal(typeof(string), field?.FieldType);
    }
}
