using System.Diagnostics;
using System.Runtime.Versioning;
using Observability.Weaver.Startup.Cache;
using Observability.Weaver.Startup.Process;
using Observability.Weaver.Startup.Settings;

namespace Observability.Weaver.Startup;

/// <summary>
/// Decides what this start is: a first one that has to be replaced, one whose variables were given before it began, or the second life of a
/// process. Whatever stands in the way is one line on stderr, and the application runs unwoven.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class StartupDoor(WeaveSettings settings, PlatformList platform, Action<string> say)
{
    public void Open()
    {
        if (SecondLife.Entry(settings.Marker) is { } mine)
        {
            Live(new CacheEntry(mine));
            return;
        }
        if (Obstacle() is { } obstacle)
        {
            Leave(obstacle);
            return;
        }
        var root = settings.CacheFolder ?? CacheRoot.Default();
        if (CacheRoot.Fault(root) is { } fault)
        {
            Leave(fault);
            return;
        }
        var entry = new CacheEntry(Path.Combine(root, CacheKey.Of(settings, platform)));
        if (!entry.Exists)
        {
            new WovenStore(settings, platform.Files(root), say).Fill(entry);
            entry = new CacheEntry(entry.Folder);
        }
        CurrentLink.Set(root, entry);
        if (entry.Assemblies.Length == 0) SecondLife.ForgetVariables(settings, root);
        else if (Missing(entry, root).Count == 0) Live(entry);
        else Replace(entry, root);
    }

    /// <summary>The woven code is there, or it is not and never will be in this process: it is not replaced again.</summary>
    private void Live(CacheEntry entry)
    {
        var root = Path.GetDirectoryName(entry.Folder)!;
        SecondLife.ForgetVariables(settings, root);
        var missing = Missing(entry, root);
        if (missing.Count > 0) say($"OBS7016: the host did not take {string.Join(", ", missing)} from {entry.Folder}, so the application runs unwoven. Weave it ahead of its start with the command observability weave.");
        NativeLibraries.FindBesideApplication(entry.Folder);
        entry.Hold();
    }

    /// <summary>The woven assemblies that the host did not take. A plain loop, here and below: System.Linq would be loaded for it at every start.</summary>
    private List<string> Missing(CacheEntry entry, string root)
    {
        var missing = new List<string>();
        foreach (var name in entry.Assemblies)
            if (!platform.Comes(name, entry.Folder, CurrentLink.In(root))) missing.Add(name);
        return missing;
    }

    private void Replace(CacheEntry entry, string root)
    {
        var failure = Reexecution.Run(SecondLife.Variables(settings, entry, root));
        say($"OBS7015: the process could not be run anew ({failure}), so the application runs unwoven. Weave it ahead of its start with the command observability weave.");
    }

    private string? Obstacle()
    {
        if (Debugger.IsAttached) return Impossible("a debugger is attached, which would lose the process");
        return platform.IsOwnRuntime ? Impossible("it carries its own runtime, whose host takes no assemblies from elsewhere") : null;
    }

    private static string Impossible(string why) => $"OBS7015: this application cannot be woven when it starts: {why}. It runs unwoven; weave it ahead of its start with the command observability weave.";

    private void Leave(string why)
    {
        SecondLife.ForgetVariables(settings, settings.CacheFolder);
        say(why);
    }
}
