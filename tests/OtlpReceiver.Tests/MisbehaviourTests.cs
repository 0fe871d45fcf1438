using System.Net;
using System.Net.Http.Headers;

// One test sets a variable of the process that every exporter reads when it is made.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace OtlpReceiver.Tests;

/// <summary>On demand the receiver fails as collectors fail.</summary>
public class MisbehaviourTests
{
    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task After_an_unavailable_answer_with_a_delay_the_SDK_sends_again(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start();
        var calls = 0;
        receiver.Answers = signal => signal == OtlpSignal.Traces && Interlocked.Increment(ref calls) == 1 ? Answer.Unavailable(TimeSpan.FromMilliseconds(50)) : Answer.Accept;
        Environment.SetEnvironmentVariable("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        using var sdk = new ExportingSdk(receiver.For(protocol).Endpoint, protocol);
        Environment.SetEnvironmentVariable("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", null);
        sdk.Work("outer");

        await receiver.WaitForSpan(span => span.Name == "inner");

        Assert.Equal("Unavailable", receiver.Requests.First(request => request.Signal == OtlpSignal.Traces).Answer.Name);
    }

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task Refused_reset_and_garbled_calls_are_noted_and_nothing_of_them_is_kept(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start();
        foreach (var answer in new[] { Answer.Refuse, Answer.Reset, Answer.Garbage, Answer.TooMany() })
        {
            receiver.Answers = _ => answer;
            using var sdk = new ExportingSdk(receiver.For(protocol).Endpoint, protocol, options => options.TimeoutMilliseconds = 500);
            sdk.Work("outer");
            await receiver.WaitForRequest(request => request.Answer == answer && request.Signal == OtlpSignal.Traces);
        }

        Assert.Empty(receiver.Spans);
    }

    [SkippableFact]
    public async Task Closed_it_refuses_connections_and_opened_again_it_listens_on_the_same_ports()
    {
        await using var receiver = await Receiver.Start();
        var (grpc, http) = (receiver.GrpcEndpoint, receiver.HttpEndpoint);
        using var client = new HttpClient();
        await receiver.Close();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(new Uri(http, "v1/traces"), new ByteArrayContent([])));

        await receiver.Open();

        Assert.Equal((grpc, http), (receiver.GrpcEndpoint, receiver.HttpEndpoint));
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(new Uri(http, "v1/traces"), new ByteArrayContent([]))).StatusCode);
    }

    [SkippableFact]
    public async Task Over_HTTP_a_delay_is_told_in_Retry_After_and_a_partial_success_in_the_body()
    {
        await using var receiver = await Receiver.Start();
        using var client = new HttpClient();
        receiver.Answers = _ => Answer.TooMany(TimeSpan.FromSeconds(7));
        var refused = await client.PostAsync(new Uri(receiver.HttpEndpoint, "v1/logs"), new ByteArrayContent([]));
        receiver.Answers = _ => Answer.PartialSuccess(3, "too old");
        var partial = await client.PostAsync(new Uri(receiver.HttpEndpoint, "v1/logs"), new ByteArrayContent([]));

        Assert.Equal((HttpStatusCode)429, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, partial.StatusCode);
        Assert.Equal("0a0b0803" + "1207" + Convert.ToHexStringLower("too old"u8), Convert.ToHexStringLower(await partial.Content.ReadAsByteArrayAsync()));
    }

    [SkippableFact]
    public async Task A_message_that_cannot_be_read_is_a_violation()
    {
        await using var receiver = await Receiver.Start();
        using var client = new HttpClient();
        var content = new ByteArrayContent([0xFF, 0xFF, 0xFF]) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };

        var response = await client.PostAsync(new Uri(receiver.HttpEndpoint, "v1/traces"), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single(receiver.Violations);
    }

    [Fact]
    public async Task Rubbish_is_no_HTTP()
    {
        await using var rubbish = new RubbishListener();
        using var client = new HttpClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(rubbish.Endpoint));

        Assert.Equal(1, rubbish.Connections);
    }
}
