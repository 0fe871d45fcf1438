using Observability.AutoInstrumentation.Tests.Apps;

namespace Observability.AutoInstrumentation.Tests.Harmless;

/// <summary>A web application answers, prints and ends the same with the hook as without.</summary>
public class WebTests
{
    [Fact]
    public Task Minimal_API_and_controllers_answer_the_same() => AssertSame(PublishedApp.Of("PlainWeb"), WebBehaviour.Requests);

    [Fact]
    public Task SignalR_answers_the_same() => AssertSame(PublishedApp.Of("PlainWeb"), WebBehaviour.OverSignalR);

    [Fact]
    public Task HTTP2_without_TLS_answers_the_same() =>
        AssertSame(PublishedApp.Of("PlainWeb"), WebBehaviour.OverHttp2, ("Kestrel__EndpointDefaults__Protocols", "Http2"));

    [SkippableFact]
    public Task An_application_with_Blazor_on_the_server_answers_the_same()
    {
        Slow.Require();
        return AssertSame(PublishedApp.Of("PlainBlazor"), async app => await app.Http.GetStringAsync("/"));
    }

    [SkippableTheory]
    [InlineData("ready-to-run", "--runtime", "linux-x64", "--no-self-contained", "-p:PublishReadyToRun=true")]
    [InlineData("single-file", "--runtime", "linux-x64", "--no-self-contained", "-p:PublishSingleFile=true")]
    [InlineData("self-contained", "--runtime", "linux-x64", "--self-contained")]
    [InlineData("self-contained-single-file", "--runtime", "linux-x64", "--self-contained", "-p:PublishSingleFile=true")]
    [InlineData("trimmed", "--runtime", "linux-x64", "--self-contained", "-p:PublishTrimmed=true", "-p:SuppressTrimAnalysisWarnings=true")]
    public Task However_it_is_published_it_answers_the_same(string variant, params string[] arguments)
    {
        Slow.Require();
        return AssertSame(PublishedApp.Of("PlainWeb", variant, arguments), app => variant == "trimmed" ? Items(app) : WebBehaviour.Requests(app));
    }

    private static Task<string> Items(HookedRun app) => app.Http.GetStringAsync("/items/7");

    private static async Task AssertSame(PublishedApp app, Func<HookedRun, Task<string>> use, params (string Name, string Value)[] settings)
    {
        var bare = new Dictionary<string, string?>(Sameness.Bare);
        var hooked = HookedRun.Hooked();
        foreach (var (name, value) in settings) bare[name] = hooked[name] = value;
        Assert.Equal(await WebBehaviour.Of(app.Program, [], bare, use), await WebBehaviour.Of(app.Program, [], hooked, use));
    }
}
