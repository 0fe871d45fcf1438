using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observability.Propagation;
using OpenTelemetry;

namespace Observability.Tests.Propagation;

/// <summary>Real HttpClient and real Kestrel, which know nothing but .NET's own propagator type.</summary>
public class ActivityPropagatorTests
{
    public static TheoryData<string> Formats => ["tracecontext,baggage", "b3,baggage", "b3multi,baggage", "jaeger"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_trace_and_both_baggages_cross_from_HttpClient_to_ASPNET(string names)
    {
        using var listener = ListenTo("System.Net.Http", "Microsoft.AspNetCore");
        var propagator = PropagatorFactory.Create(names, failure => Assert.Fail(failure.ToString())).Activity;
        await using var app = await Server(propagator);
        using var client = Client(propagator);

        using var root = new Activity("root").Start();
        root.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        root.AddBaggage("tenant", "blue");
        Baggage.SetBaggage("user", "zoë");
        var answer = await client.GetStringAsync(app.Urls.First());

        Assert.Equal($"{root.TraceId} recorded=True activity[tenant=blue,user=zoë] current[tenant=blue,user=zoë]", answer);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Baggage_of_one_request_never_reaches_the_next_on_the_same_connection(string names)
    {
        using var listener = ListenTo("System.Net.Http", "Microsoft.AspNetCore");
        var propagator = PropagatorFactory.Create(names).Activity;
        await using var app = await Server(propagator);
        using var client = Client(propagator);

        using var root = new Activity("root").Start();
        Baggage.SetBaggage("user", "anna");
        Assert.Contains("current[user=anna]", await client.GetStringAsync(app.Urls.First()), StringComparison.Ordinal);
        Baggage.Current = default;
        Assert.Contains("current[]", await client.GetStringAsync(app.Urls.First()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key=value;prop=1", "key=value")]
    [InlineData("key = value ; prop=1 ; flag, other=2;p", "key=value,other=2")]
    [InlineData("key=a%3Bb;prop=1", "key=a;b")]
    [InlineData("key=value;p,broken,=x,a b=c,other=2", "key=value,other=2")]
    [InlineData("Key=1,key=2", "Key=1,key=2")]
    public async Task A_members_properties_stay_out_of_its_value_and_a_broken_member_out_of_both_baggages(string header, string expected)
    {
        using var listener = ListenTo("Microsoft.AspNetCore");
        await using var app = await Server(PropagatorFactory.Create("tracecontext,baggage").Activity);
        Assert.Contains($"activity[{expected}] current[{expected}]", await Answer(app, ("baggage", header)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_members_and_bytes_as_the_specification_asks_for_arrive()
    {
        using var listener = ListenTo("Microsoft.AspNetCore");
        await using var app = await Server(PropagatorFactory.Create("tracecontext,baggage").Activity);
        var members = string.Join(',', Enumerable.Range(10, 64).Select(i => $"key{i}={new string('v', 121)}"));
        Assert.Equal(8_191, members.Length);
        Assert.Contains($"activity[{members}] current[{members}]", await Answer(app, ("baggage", members)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Baggage_of_an_older_NET_is_still_read()
    {
        using var listener = ListenTo("Microsoft.AspNetCore");
        await using var app = await Server(PropagatorFactory.Create("tracecontext,baggage").Activity);
        Assert.Contains("activity[key=value] current[key=value]", await Answer(app, ("Correlation-Context", "key=value")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tracecontext,baggage")]
    [InlineData("b3,baggage")]
    public void Baggage_keeps_its_order_in_an_activity(string names)
    {
        using var activity = new Activity("a");
        foreach (var (key, value) in PropagatorFactory.Create(names).Activity.ExtractBaggage("a=1,b=2,c=3", Header)!) activity.AddBaggage(key, value);
        Assert.Equal(["a", "b", "c"], activity.Baggage.Select(item => item.Key));

        static void Header(object? carrier, string name, out string? value, out IEnumerable<string>? values) => (value, values) = (name == "baggage" ? (string?)carrier : null, null);
    }

    [Fact]
    public void A_throwing_carrier_is_reported_and_costs_only_the_context()
    {
        var failures = new List<Exception>();
        var propagator = PropagatorFactory.Create("tracecontext,baggage,b3", failures.Add).Activity;
        using var activity = new Activity("a").SetIdFormat(ActivityIdFormat.W3C).Start();
        propagator.Inject(activity, null, (_, _, _) => throw new InvalidOperationException("no"));
        Assert.Single(failures);
        propagator.ExtractTraceIdAndState(null, Throw, out var traceId, out _);
        Assert.Null(traceId);
        Assert.Null(propagator.ExtractBaggage(null, Throw));

        static void Throw(object? carrier, string name, out string? value, out IEnumerable<string>? values) => throw new InvalidOperationException("no");
    }

    [Fact]
    public void An_inner_activitys_baggage_hides_an_outer_ones()
    {
        using var outer = new Activity("outer").AddBaggage("k", "outer").Start();
        using var inner = new Activity("inner").AddBaggage("k", "inner").Start();
        Assert.Equal([new("k", "inner")], AmbientBaggage.Outgoing(inner).GetBaggage());
    }

    private static async Task<string> Answer(WebApplication app, (string Name, string Value) header)
    {
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        client.DefaultRequestHeaders.TryAddWithoutValidation(header.Name, header.Value);
        return await client.GetStringAsync(app.Urls.First());
    }

    private static HttpClient Client(DistributedContextPropagator propagator) => new(new SocketsHttpHandler { ActivityHeadersPropagator = propagator });

    private static async Task<WebApplication> Server(DistributedContextPropagator propagator)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(propagator);
        var app = builder.Build();
        app.Run(async context =>
        {
            await Task.Yield();
            var activity = Activity.Current!;
            var own = string.Join(',', activity.Baggage.Select(item => $"{item.Key}={item.Value}").Order(StringComparer.Ordinal));
            var current = string.Join(',', Baggage.GetBaggage().Select(item => $"{item.Key}={item.Value}").Order(StringComparer.Ordinal));
            await context.Response.WriteAsync($"{activity.TraceId} recorded={activity.Recorded} activity[{own}] current[{current}]");
        });
        await app.StartAsync();
        return app;
    }

    private static ActivityListener ListenTo(params string[] sources)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
