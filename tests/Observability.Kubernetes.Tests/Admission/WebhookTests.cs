using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Observability.Kubernetes.Tests.Hosting;
using Observability.Kubernetes.Tests.Injection;
using TestPeers;

namespace Observability.Kubernetes.Tests.Admission;

/// <summary>AdmissionReview v1 over real TLS, as the API server sends it.</summary>
public class WebhookTests
{
    private static readonly Uri Mutate = new("/mutate", UriKind.Relative);
    private static readonly Uri Metrics = new("/metrics", UriKind.Relative);

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_pod_that_asks_is_allowed_and_patched(string version)
    {
        await using var webhook = await RunningWebhook.Start("--Variables:OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/mutate?timeout=3s", UriKind.Relative))
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = RunningWebhook.Review(Pods.Read("plain")),
        };
        using var answer = await webhook.Admission.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var review = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("admission.k8s.io/v1", review["apiVersion"]!.ToString());
        Assert.Equal("AdmissionReview", review["kind"]!.ToString());
        Assert.Equal("705ab4f5-6393-11e8-b7cc-42010a800002", review["response"]!["uid"]!.ToString());
        Assert.True(review["response"]!["allowed"]!.GetValue<bool>());
        Assert.Equal("JSONPatch", review["response"]!["patchType"]!.ToString());
        var patched = AppliedPatch.To(Pods.Read("plain"), Patch(review));
        Assert.Equal("observability-install", patched["spec"]!["initContainers"]![0]!["name"]!.ToString());
        Assert.Contains("http://collector:4318", patched["spec"]!["containers"]![0]!["env"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not-asked", "CREATE", "Pod")]
    [InlineData("plain", "UPDATE", "Pod")]
    [InlineData("plain", "CREATE", "Binding")]
    public async Task What_does_not_concern_it_is_allowed_without_a_patch(string pod, string operation, string kind)
    {
        await using var webhook = await RunningWebhook.Start();
        var response = (await Ask(webhook, RunningWebhook.Review(Pods.Read(pod), operation: operation, kind: kind)))["response"]!;
        Assert.True(response["allowed"]!.GetValue<bool>());
        Assert.Null(response["patch"]);
        Assert.Null(response["warnings"]);
    }

    [Fact]
    public async Task A_pod_that_cannot_be_served_is_allowed_annotated_and_warned_of()
    {
        await using var webhook = await RunningWebhook.Start();
        var review = await Ask(webhook, RunningWebhook.Review(Pods.Read("foreign-profiler")));
        Assert.True(review["response"]!["allowed"]!.GetValue<bool>());
        Assert.StartsWith("observability: not injected: container web has another agent's profiler", review["response"]!["warnings"]![0]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("false", AppliedPatch.To(Pods.Read("foreign-profiler"), Patch(review))["metadata"]!["annotations"]!["observability.dotnet/injected"]!.ToString());
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview","request":{"uid":"x"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":7}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","kind":"AdmissionReview","request":{"uid":"x"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"x"}}""", HttpStatusCode.OK)]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"x","operation":"CREATE","kind":{"kind":"Pod"},"object":"text"}}""", HttpStatusCode.OK)]
    public async Task What_is_no_review_is_refused_and_counted(string body, HttpStatusCode status)
    {
        await using var webhook = await RunningWebhook.Start();
        using var answer = await webhook.Admission.PostAsync(Mutate, RunningWebhook.Json(body));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains($"observability_webhook_rejected_requests_total {(status == HttpStatusCode.OK ? 0 : 1)}\n", await webhook.Plain.GetStringAsync(Metrics), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_bounded_in_size_depth_and_type()
    {
        await using var webhook = await RunningWebhook.Start("--MaxRequestBytes=65536");
        var huge = Pods.Read("plain");
        huge["metadata"]!["annotations"]!["filler"] = new string('x', 70_000);
        // Waiting for leave to send: what is refused unread may otherwise break the connection under the writing client.
        using var announced = new HttpRequestMessage(HttpMethod.Post, Mutate) { Content = RunningWebhook.Review(huge), Headers = { ExpectContinue = true } };
        using var large = await webhook.Admission.SendAsync(announced);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var deep = await webhook.Admission.PostAsync(Mutate, RunningWebhook.Json(string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000)));
        Assert.Equal(HttpStatusCode.BadRequest, deep.StatusCode);
        using var yaml = await webhook.Admission.PostAsync(Mutate, new StringContent("kind: Pod", Encoding.UTF8, "application/yaml"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, yaml.StatusCode);
        using var get = await webhook.Admission.GetAsync(Mutate);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.True((await Ask(webhook, RunningWebhook.Review(Pods.Read("plain"))))["response"]!["allowed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Admission_is_answered_over_TLS_alone_and_metrics_without_it()
    {
        await using var webhook = await RunningWebhook.Start();
        using var mutate = await webhook.Plain.PostAsync(Mutate, RunningWebhook.Review(Pods.Read("plain")));
        Assert.Equal(HttpStatusCode.NotFound, mutate.StatusCode);
        using var metrics = await webhook.Admission.GetAsync(Metrics);
        Assert.Equal(HttpStatusCode.NotFound, metrics.StatusCode);
        Assert.Equal("ok", await webhook.Plain.GetStringAsync(new Uri("/healthz", UriKind.Relative)));
    }

    [SkippableFact]
    public async Task Its_metrics_count_by_outcome_and_promtool_finds_no_fault()
    {
        var promtool = Tool.Require("promtool");
        await using var webhook = await RunningWebhook.Start();
        foreach (var pod in new[] { "plain", "plain", "not-asked", "foreign-profiler" }) await Ask(webhook, RunningWebhook.Review(Pods.Read(pod)));
        var text = await webhook.Plain.GetStringAsync(Metrics);
        foreach (var line in new[] { "{outcome=\"injected\"} 2", "{outcome=\"not_asked\"} 1", "{outcome=\"refused\"} 1", "{outcome=\"unchanged\"} 0" })
            Assert.Contains("observability_webhook_pods_total" + line + "\n", text, StringComparison.Ordinal);
        Assert.Contains("observability_webhook_request_duration_seconds_count 4\n", text, StringComparison.Ordinal);
        var verdict = Tool.Run(promtool, ["check", "metrics"], text);
        Assert.True(verdict.ExitCode == 0, verdict.Output + verdict.Error);
    }

    [Fact]
    public async Task Many_at_once_are_all_answered()
    {
        await using var webhook = await RunningWebhook.Start();
        var names = Pods.All;
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(async i => (Uid: "uid-" + i, Answer: await Ask(webhook, RunningWebhook.Review(Pods.Read(names[i % names.Length]), "uid-" + i)))));
        Assert.All(answers, pair => Assert.Equal((pair.Uid, true), (pair.Answer["response"]!["uid"]!.ToString(), pair.Answer["response"]!["allowed"]!.GetValue<bool>())));
    }

    private static async Task<JsonNode> Ask(RunningWebhook webhook, HttpContent review)
    {
        using var answer = await webhook.Admission.PostAsync(Mutate, review);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static JsonArray Patch(JsonNode review) =>
        (JsonArray)JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(review["response"]!["patch"]!.ToString())))!;
}
