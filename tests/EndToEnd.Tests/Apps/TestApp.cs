using System.Collections.Concurrent;
using TestPeers;

namespace EndToEnd.Tests.Apps;

/// <summary>
/// An application under tests/TestApps, published against the packed packages: at most once a run, and not at all while
/// neither the packages nor its own sources have changed.
/// </summary>
internal sealed class TestApp
{
    private static readonly ConcurrentDictionary<string, Lazy<TestApp>> Published = new();
    private static readonly object Publishing = new();

    private TestApp(string program) => Program = program;

    /// <summary>The executable.</summary>
    public string Program { get; }

    public static TestApp Of(string name) => Get(name, name, []);

    /// <summary>The same application, trimmed and self-contained.</summary>
    public static TestApp TrimmedOf(string name) =>
        Get(name, name + ".trimmed", ["--runtime", "linux-x64", "--self-contained", "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false", "-warnaserror:IL2026,IL2055,IL2057,IL2060,IL2070,IL2072,IL2075,IL3050"]);

    private static TestApp Get(string name, string variant, string[] arguments) =>
        Published.GetOrAdd(variant, _ => new Lazy<TestApp>(() => Publish(name, variant, arguments))).Value;

    private static TestApp Publish(string name, string variant, string[] arguments)
    {
        lock (Publishing)
        {
            var output = Repository.File("artifacts", "test-apps", variant);
            var program = Path.Combine(output, OperatingSystem.IsWindows() ? name + ".exe" : name);
            var packages = Packages.Folder;
            var stamp = Repository.File("artifacts", "test-apps", variant + ".stamp");
            var wanted = Packages.Fingerprint + "\n" + Sources() + "\n" + string.Join(' ', arguments);
            if (!File.Exists(program) || !File.Exists(stamp) || File.ReadAllText(stamp) != wanted)
            {
                var restored = Restored.Folder;
                File.Delete(stamp);
                DotNet.Run(["publish", Repository.File("tests", "TestApps", name, name + ".csproj"), "-o", output,
                    "--artifacts-path", Repository.File("artifacts", "test-apps", "build", variant),
                    "-p:RestoreAdditionalProjectSources=" + packages, "-p:RestorePackagesPath=" + restored, "-p:RestoreForce=true", .. arguments]);
                File.WriteAllText(stamp, wanted);
            }
            return new TestApp(program);
        }
    }

    private static string Sources() => string.Join('\n', new DirectoryInfo(Repository.File("tests", "TestApps"))
        .EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => file.Extension is ".cs" or ".csproj" or ".props" && !file.FullName.Contains("node_modules", StringComparison.Ordinal))
        .OrderBy(file => file.FullName, StringComparer.Ordinal)
        .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"));

    /// <summary>A restore folder of our own, in which no package of ours from an earlier run is left to win over the new one.</summary>
    private static class Restored
    {
        public static string Folder { get; } = Clean();

        private static string Clean()
        {
            var folder = Directory.CreateDirectory(Repository.File("artifacts", "test-apps", "packages"));
            foreach (var stale in folder.GetDirectories("observability*")) stale.Delete(recursive: true);
            return folder.FullName;
        }
    }
}
