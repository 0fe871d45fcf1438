using System.Text.Json.Nodes;
using Observability.Kubernetes.Injection;

namespace Observability.Kubernetes.Tests.Injection;

/// <summary>
/// A folder per pod: pod.yaml in, patch.json out. OBSERVABILITY_ACCEPT_PATCHES=1 writes the patches anew; read them before you commit them.
/// </summary>
public class CaseTests
{
    [Theory]
    [MemberData(nameof(Pods.Names), MemberType = typeof(Pods))]
    public void The_patch_is_the_one_beside_the_pod(string name)
    {
        var injection = Pods.Injector.Inject(Pods.Read(name), "shop");
        var actual = new JsonObject { ["outcome"] = injection.Outcome.ToString(), ["reason"] = injection.Reason, ["patch"] = injection.Patch.DeepClone() }.ToJsonString(Pods.Readable) + "\n";
        var file = Path.Combine(Pods.Folder, name, "patch.json");
        if (Environment.GetEnvironmentVariable("OBSERVABILITY_ACCEPT_PATCHES") == "1") File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing; OBSERVABILITY_ACCEPT_PATCHES=1 writes it.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(Pods.Names), MemberType = typeof(Pods))]
    public void A_pod_that_was_patched_is_not_patched_again(string name)
    {
        var pod = Pods.Read(name);
        var patched = AppliedPatch.To(pod, Pods.Injector.Inject(pod, "shop").Patch);
        var again = Pods.Injector.Inject(patched, "shop");
        Assert.Empty(again.Patch);
        Assert.NotEqual(InjectionOutcome.Injected, again.Outcome);
    }

    [Theory]
    [MemberData(nameof(Pods.Names), MemberType = typeof(Pods))]
    public void Whatever_a_pod_had_it_still_has(string name)
    {
        var pod = Pods.Read(name);
        var untouched = pod.DeepClone();
        var patch = Pods.Injector.Inject(pod, "shop").Patch;
        Assert.True(JsonNode.DeepEquals(untouched, pod), "the pod that came in was changed");
        Preservation.Assert(pod, AppliedPatch.To(pod, patch));
    }
}
