using System.Collections.Concurrent;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Apps;

/// <summary>An application under tests/TestApps that knows nothing of telemetry, published at most once a run and not again while its sources are the same.</summary>
internal sealed class PublishedApp
{
    private static readonly ConcurrentDictionary<string, Lazy<PublishedApp>> Published = new();
    private static readonly Lock Publishing = new();

    private PublishedApp(string folder, string name) => (Folder, Name) = (folder, name);

    public string Folder { get; }
    public string Name { get; }

    /// <summary>The executable.</summary>
    public string Program => Path.Combine(Folder, OperatingSystem.IsWindows() ? Name + ".exe" : Name);

    /// <summary>What <c>dotnet</c> runs.</summary>
    public string Library => Path.Combine(Folder, Name + ".dll");

    public static PublishedApp Of(string name) => Of(name, "plain");

    /// <param name="name">The application's folder.</param>
    /// <param name="variant">How this way to publish it is called.</param>
    /// <param name="arguments">Further arguments of <c>dotnet publish</c>.</param>
    public static PublishedApp Of(string name, string variant, params string[] arguments) =>
        Published.GetOrAdd(name + "." + variant, key => new Lazy<PublishedApp>(() => Publish(name, key, arguments))).Value;

    private static PublishedApp Publish(string name, string variant, string[] arguments)
    {
        lock (Publishing)
        {
            var app = new PublishedApp(Repository.File("artifacts", "zero-code-apps", variant), name);
            var stamp = app.Folder + ".stamp";
            var wanted = Sources(name) + "\n" + string.Join(' ', arguments);
            if (File.Exists(app.Program) && File.Exists(stamp) && File.ReadAllText(stamp) == wanted) return app;
            Directory.CreateDirectory(app.Folder);
            File.Delete(stamp);
            DotNet.Run(["publish", Repository.File("tests", "TestApps", name, name + ".csproj"), "-c", "Release", "-o", app.Folder,
                "--artifacts-path", Repository.File("artifacts", "zero-code-apps", "build", variant), .. arguments]);
            File.WriteAllText(stamp, wanted);
            return app;
        }
    }

    private static string Sources(string name) => string.Join('\n', new DirectoryInfo(Repository.File("tests", "TestApps", name))
        .EnumerateFiles("*", SearchOption.AllDirectories)
        .OrderBy(file => file.FullName, StringComparer.Ordinal)
        .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
}
