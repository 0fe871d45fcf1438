using Observability.Resources;
using TestPeers;

namespace Observability.Tests.Resources;

/// <summary>The kernel's files as other machines show them, under <c>Captured/</c>.</summary>
internal static class Captured
{
    private const string Nowhere = "/nonexistent";

    /// <summary>A machine that tells nothing.</summary>
    public static readonly MachineFiles Nothing = new()
    {
        ControlGroups = Nowhere,
        Mounts = Nowhere,
        MachineIds = [],
        OsReleases = [],
        ServiceAccountNamespace = Nowhere,
        ContainerMarks = [],
    };

    public static string Path(string name) => Repository.File("tests", "Observability.Tests", "Resources", "Captured", name + ".txt");

    public static IReadOnlyDictionary<string, object> Facts(IFactDetector detector, params (string Name, string Value)[] known)
    {
        var facts = new ResourceFacts();
        foreach (var (name, value) in known) facts.Add(name, value);
        detector.Detect(facts);
        return facts.All;
    }

    public static Func<string, string?> Environment(params (string Name, string Value)[] variables) =>
        name => variables.Where(variable => variable.Name == name).Select(variable => variable.Value).FirstOrDefault();
}
