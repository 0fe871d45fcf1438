using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Observability.Weaver;

namespace Observability.Benchmarks.Weaver;

/// <summary>One copy of the target assembly in a load context of its own: as it was compiled, or woven for one way of listening.</summary>
internal sealed class WovenTarget
{
    private readonly Type _loops;

    private WovenTarget(byte[] image) =>
        _loops = new AssemblyLoadContext(null).LoadFromStream(new MemoryStream(image)).GetType("WeaverTarget.Loops", throwOnError: true)!;

    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "WeaverTarget.dll");

    public Func<int> this[string loop] => _loops.GetMethod(loop, BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Func<int>>();

    public static WovenTarget Unwoven() => new(File.ReadAllBytes(Path));

    /// <summary>Unwoven, and the sources that it has by hand are sampled out.</summary>
    public static WovenTarget ByHand()
    {
        Listen("WeaverTarget.Hand", ActivitySamplingResult.None);
        return Unwoven();
    }

    /// <param name="sampling">How a listener answers; null when none listens.</param>
    public static WovenTarget Woven(ActivitySamplingResult? sampling)
    {
        var source = "WeaverTarget." + (sampling?.ToString() ?? "off");
        if (sampling is { } answer) Listen(source, answer);
        var options = new WeaveOptions
        {
            Rules = [new WeaveRule { Type = "WeaverTarget.Work", Source = source }],
            References = [AppContext.BaseDirectory, RuntimeEnvironment.GetRuntimeDirectory()],
        };
        using var output = new MemoryStream();
        var report = new AssemblyWeaver(options).Weave("WeaverTarget", File.OpenRead(Path), null, output, null);
        return report.Methods.Count == 5 ? new WovenTarget(output.ToArray()) : throw new InvalidOperationException(string.Join('\n', report.Diagnostics));
    }

    private static void Listen(string source, ActivitySamplingResult answer) =>
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => answer,
        });
}
