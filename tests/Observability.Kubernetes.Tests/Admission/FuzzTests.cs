using System.Text;
using System.Text.Json.Nodes;
using Observability.Kubernetes.Admission;
using Observability.Kubernetes.Tests.Injection;

namespace Observability.Kubernetes.Tests.Admission;

/// <summary>Pods of any shape and bodies of any bytes, with fixed seeds.</summary>
public class FuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20261123)]
    public void A_pod_of_any_shape_is_judged_patched_once_and_keeps_what_it_had(int seed)
    {
        var random = new Random(seed);
        var pods = Pods.All.Select(Pods.Read).ToArray();
        var patched = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var pod = (JsonObject)pods[random.Next(pods.Length)].DeepClone();
            for (var change = random.Next(1, 5); change > 0; change--) Mutate(pod, pods, random);
            var space = random.Next(5) == 0 ? null : "shop";
            if (Patch(pod, space) is not { Count: > 0 } patch) continue;
            patched++;
            var after = AppliedPatch.To(pod, patch);
            if (!HasDuplicateNames(pod)) Preservation.Assert(pod, after);
            Assert.True(Patch(after, space) is { Count: 0 }, $"{pod.ToJsonString()}\n{patch.ToJsonString()}\n{Patch(after, space)?.ToJsonString()}");
        }
        Assert.True(patched > 5_000, $"only {patched} pods were patched");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20261124)]
    public void Any_bytes_are_a_review_or_a_format_fault(int seed)
    {
        var random = new Random(seed);
        var good = Encoding.UTF8.GetBytes($$$"""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"x","operation":"CREATE","kind":{"group":"","version":"v1","kind":"Pod"},"object":{{{Pods.Read("many-of-everything").ToJsonString()}}}}}""");
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = good.ToArray();
            for (var change = random.Next(4); change >= 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                var request = AdmissionReview.Read(bytes.AsMemory(0, random.Next(10) == 0 ? random.Next(bytes.Length) : bytes.Length));
                if (request.Pod is not null) Pods.Injector.Inject(request.Pod, request.Namespace);
                read++;
            }
            catch (FormatException)
            {
                // What the endpoint answers with 400.
            }
        }
        Assert.True(read > 100, $"only {read} bodies were read");
    }

    /// <summary>Null for what is no pod: the endpoint lets it through untouched.</summary>
    private static JsonArray? Patch(JsonObject pod, string? space)
    {
        try
        {
            return Pods.Injector.Inject(pod, space).Patch;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Removes, replaces, moves or doubles something somewhere.</summary>
    private static void Mutate(JsonObject pod, JsonObject[] pods, Random random)
    {
        var nodes = All(pod).Where(node => node.Parent is not null).ToArray();
        if (nodes.Length == 0) return;
        var node = nodes[random.Next(nodes.Length)];
        if (random.Next(4) == 0 && node.Parent is JsonArray siblings && random.Next(2) == 0)
        {
            siblings.Insert(random.Next(siblings.Count + 1), node.DeepClone());
            return;
        }
        JsonNode? replacement = random.Next(9) switch
        {
            0 => null,
            1 => "",
            2 => random.Next(-2, 3),
            3 => true,
            4 => new JsonArray(),
            5 => new JsonObject(),
            6 => new JsonArray(new JsonObject { ["name"] = "web" }, null, 3),
            7 => new JsonObject { ["name"] = "observability", ["value"] = "x" },
            _ => Any(pods, random),
        };
        switch (node.Parent)
        {
            case JsonObject owner when random.Next(3) == 0: owner.Remove(node.GetPropertyName()); break;
            case JsonObject owner when node.GetPropertyName() != "observability.dotnet/inject": owner[node.GetPropertyName()] = replacement; break;
            case JsonArray owner when random.Next(3) == 0: owner.Remove(node); break;
            case JsonArray owner: owner[node.GetElementIndex()] = replacement; break;
        }
    }

    private static JsonNode? Any(JsonObject[] pods, Random random)
    {
        var nodes = All(pods[random.Next(pods.Length)]).ToArray();
        return nodes[random.Next(nodes.Length)].DeepClone();
    }

    private static IEnumerable<JsonNode> All(JsonNode? node) => node switch
    {
        null => [],
        JsonObject owner => owner.Select(pair => pair.Value).SelectMany(All).Prepend(owner),
        JsonArray items => items.SelectMany(All).Prepend(items),
        _ => [node],
    };

    /// <summary>Items are told apart by name; where a pod has two of one name (which the API server refuses), what was put in cannot be told from what was there.</summary>
    private static bool HasDuplicateNames(JsonObject pod) => All(pod).OfType<JsonArray>().Any(items =>
        items.OfType<JsonObject>().Select(item => item["name"]?.ToJsonString()).GroupBy(name => name).Any(group => group.Count() > 1));
}
