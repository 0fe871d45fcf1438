using System.Net;
using EndToEnd.Tests.Apps;

namespace EndToEnd.Tests.Input;

/// <summary>Whatever clients send and application code puts on its telemetry, the request is answered and the rest arrives.</summary>
public class BadInputTests(WebFixture web) : IClassFixture<WebFixture>
{
    private static int s_next;

    public static TheoryData<string, string> MalformedHeaders
    {
        get
        {
            const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
            var data = new TheoryData<string, string>();
            foreach (var value in new[]
            {
                "", "-", "00", "garbage", Trace[..^1], Trace + "-extra", "ff" + Trace[2..], Trace.ToUpperInvariant(),
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01", new string('0', 10_000), new string('-', 10_000), "\u00e4\u00f6\u00fc",
            })
                data.Add("traceparent", value);
            foreach (var value in new[] { "", "=", ",,,,", "a", "a=" + new string('b', 10_000), string.Join(',', Enumerable.Range(0, 1500).Select(i => $"k{i}=v")), "ot=th:zzzz", "ot=th:" + new string('f', 5000), "\u00ff=\u00ff" })
                data.Add("tracestate", value);
            foreach (var value in new[] { "", "=", ";;;", "a=b=c;d;e", "%=%", "%zz=%zz", "k=%ED%A0%80", new string('a', 20_000), string.Join(',', Enumerable.Range(0, 1500).Select(i => $"key{i}=v")), "k=\u00e9" })
                data.Add("baggage", value);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(MalformedHeaders))]
    public async Task A_malformed_header_costs_nothing_but_itself(string header, string value)
    {
        var receiver = web.Receiver;
        var path = "/items/" + Interlocked.Increment(ref s_next);

        await web.App.Get(path, (header, value));

        var span = await receiver.WaitForSpan(span => span["url.path"] is string at && at == path);
        Assert.Matches("^[0-9a-f]{32}$", span.TraceId);
        if (header == "traceparent") Assert.Equal("", span.ParentSpanId);
        Assert.Empty(receiver.Violations);
    }

    [SkippableFact]
    public async Task Headers_beyond_what_the_server_takes_are_its_own_refusal_and_the_next_request_works()
    {
        _ = web.Receiver;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("baggage", new string('a', 1_000_000));

        try
        {
            using var response = await web.App.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The server hung up while the header was still being sent: a refusal as well.
        }

        Assert.Equal("ok", await web.App.Get("/"));
    }

    [SkippableTheory]
    [InlineData("large")]
    [InlineData("surrogates")]
    [InlineData("tag")]
    [InlineData("log-value")]
    [InlineData("log-state")]
    [InlineData("scope")]
    public async Task Values_that_break_careless_telemetry_break_nothing_here(string what)
    {
        _ = web.Receiver;
        var path = "/hurt/" + what;

        for (var i = 0; i < 3; i++) Assert.Equal("ok", await web.App.Get(path));

        await web.Receiver.WaitForSpan(span => span.Kind == "Server" && span["url.path"] is string at && at == path);
        var next = Interlocked.Increment(ref s_next);
        await web.App.Get("/items/" + next);
        await web.Receiver.WaitForSpan(span => span["url.path"] is string at && at == "/items/" + next);
        await web.Receiver.WaitForLog(log => log["Id"] is long id && id == next);
        Assert.Empty(web.Receiver.Violations);
    }
}
