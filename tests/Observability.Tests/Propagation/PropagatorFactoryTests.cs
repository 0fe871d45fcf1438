using System.Diagnostics;
using Observability.Propagation;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Observability.Tests.Propagation;

public class PropagatorFactoryTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("tracecontext,baggage")]
    [InlineData("Baggage, TraceContext,baggage")]
    public void W3C_is_the_default_and_stays_NETs_own(string? names)
    {
        var selection = PropagatorFactory.Create(names);
        Assert.Equal(["baggage", "tracecontext"], selection.Names.Order());
        Assert.Empty(selection.Faults);
        Assert.IsType<NativeW3CPropagator>(selection.Activity);
    }

    [Theory]
    [InlineData("tracecontext", "traceparent")]
    [InlineData("b3", "b3")]
    [InlineData("b3multi", "X-B3-TraceId,X-B3-SpanId,X-B3-Sampled")]
    [InlineData("jaeger", "uberctx-k,uber-trace-id")]
    [InlineData("b3, baggage, b3", "b3,baggage")]
    [InlineData("baggage", "baggage")]
    [InlineData("none", "")]
    public void Each_name_writes_its_headers_and_no_others(string names, string headers)
    {
        var selection = PropagatorFactory.Create(names);
        Assert.Empty(selection.Faults);
        using var activity = new Activity("a").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("k", "v").Start();
        var written = new Dictionary<string, string>();
        selection.Activity.Inject(activity, written, (carrier, name, value) => ((Dictionary<string, string>)carrier!)[name] = value);
        Assert.Equal(headers.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), written.Keys.Order());
        var context = new PropagationContext(activity.Context, Baggage.Create(new() { ["k"] = "v" }));
        var byOpenTelemetry = new Dictionary<string, string>();
        selection.TextMap.Inject(context, byOpenTelemetry, Carrier.Set);
        Assert.Equal(byOpenTelemetry, written);
    }

    [Fact]
    public void An_unknown_name_is_a_fault_that_says_what_is_known()
    {
        var selection = PropagatorFactory.Create("xray,b3");
        Assert.Equal(["b3"], selection.Names);
        Assert.Equal(["OTEL_PROPAGATORS names 'xray', which is no propagator known here: use tracecontext, baggage, b3, b3multi, jaeger or none."], selection.Faults);
    }

    [Fact]
    public void Nothing_but_unknown_names_leaves_the_default()
    {
        var selection = PropagatorFactory.Create("xray,ottrace");
        Assert.Equal(["tracecontext", "baggage"], selection.Names);
        Assert.Equal(2, selection.Faults.Count);
    }

    [Fact]
    public void None_beside_others_is_a_fault_and_the_others_are_used()
    {
        var selection = PropagatorFactory.Create("none,b3,baggage");
        Assert.Equal(["b3", "baggage"], selection.Names);
        Assert.Contains("'none' beside 'b3,baggage'", Assert.Single(selection.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void None_beside_what_is_unknown_is_none()
    {
        var selection = PropagatorFactory.Create("xray,none");
        Assert.Empty(selection.Names);
        Assert.Contains("'xray'", Assert.Single(selection.Faults), StringComparison.Ordinal);
    }
}
