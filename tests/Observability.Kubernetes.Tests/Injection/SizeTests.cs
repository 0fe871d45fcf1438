using System.Text;
using System.Text.Json.Nodes;
using Observability.Kubernetes.Injection;

namespace Observability.Kubernetes.Tests.Injection;

/// <summary>The API server refuses a pod whose annotations together exceed 256 KiB, and one that is too large for its store: what is added must never be the reason.</summary>
public class SizeTests
{
    private const int MostOfAnnotations = 256 * 1024;

    [Theory]
    [InlineData('x')]
    [InlineData('é')]
    public void The_reason_is_cut(char letter)
    {
        var patched = Patched(Pod(PodAnnotations.Containers, new string(letter, 60_000)), InjectionOutcome.Refused);
        Assert.InRange(Encoding.UTF8.GetByteCount(patched["metadata"]!["annotations"]![PodAnnotations.Reason]!.ToString()), 500, 4096);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public void No_letter_is_cut_in_half(string before)
    {
        var patched = Patched(Pod(PodAnnotations.Containers, before + string.Concat(Enumerable.Repeat("😀", 5_000))), InjectionOutcome.Refused);
        Assert.DoesNotContain('\uFFFD', patched["metadata"]!["annotations"]![PodAnnotations.Reason]!.ToString());
    }

    [Theory]
    [InlineData(261_900)]
    [InlineData(262_030)]
    [InlineData(262_100)]
    public void Annotations_that_are_nearly_full_get_none_that_does_not_fit(int length) => Patched(Pod("filler", new string('x', length)), InjectionOutcome.Injected);

    [Fact]
    public void A_pod_that_would_grow_beyond_what_is_stored_is_left_alone()
    {
        var pod = Pod(PodAnnotations.ServiceName, new string('x', 100_000));
        pod["metadata"]!["annotations"]![PodAnnotations.Containers] = "*";
        for (var i = 0; i < 20; i++) pod["spec"]!["containers"]!.AsArray().Add(new JsonObject { ["name"] = "c" + i, ["image"] = "x:1" });
        var patched = Patched(pod, InjectionOutcome.Refused);
        Assert.True(JsonNode.DeepEquals(pod["spec"], patched["spec"]));
    }

    private static JsonObject Pod(string annotation, string value)
    {
        var pod = Pods.Read("plain");
        pod["metadata"]!["annotations"]![annotation] = value;
        return pod;
    }

    private static JsonObject Patched(JsonObject pod, InjectionOutcome outcome)
    {
        var injection = Pods.Injector.Inject(pod, "shop");
        Assert.Equal(outcome, injection.Outcome);
        var patched = AppliedPatch.To(pod, (JsonArray)JsonNode.Parse(injection.Patch.ToJsonString())!);
        Assert.True(patched["metadata"]!["annotations"]!.AsObject().Sum(pair => Encoding.UTF8.GetByteCount(pair.Key + pair.Value)) <= MostOfAnnotations);
        Assert.Empty(Pods.Injector.Inject(patched, "shop").Patch);
        return patched;
    }
}
