using Observability.Weaver.Startup.Settings;

namespace Observability.Weaver.Startup.Cache;

/// <summary>Fills an entry of the cache: weaves what the rules pick, lays it out for the host, and gives it its name when it is whole.</summary>
internal sealed class WovenStore(WeaveSettings settings, IReadOnlyList<string> files, Action<string> say)
{
    private const UnixFileMode ReadableFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadableFolder = ReadableFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public void Fill(CacheEntry entry)
    {
        var root = Path.GetDirectoryName(entry.Folder)!;
        OldEntries.CleanUp(root, entry);
        var temporary = new CacheEntry($"{entry.Folder}.{Environment.ProcessId}.weaving");
        MakePrivate(temporary.Folder);
        try
        {
            WeaveInto(temporary);
            Open(temporary.Folder);
            if (!entry.Exists && Directory.Exists(entry.Folder)) Directory.Delete(entry.Folder, recursive: true);
            Directory.Move(temporary.Folder, entry.Folder);
        }
        catch (IOException) when (entry.Exists)
        {
            // Another start of the application was faster; its result is the same.
            Directory.Delete(temporary.Folder, recursive: true);
        }
        catch
        {
            Directory.Delete(temporary.Folder, recursive: true);
            throw;
        }
    }

    private void WeaveInto(CacheEntry entry)
    {
        var rules = Rules();
        var weaver = new AssemblyWeaver(new WeaveOptions { Rules = rules, References = files });
        var woven = new List<string>();
        var reports = new List<WeaveReport>();
        foreach (var path in files)
        {
            if (!IsConcerned(path, rules)) continue;
            var report = Weave(weaver, path, entry);
            reports.Add(report);
            if (report.Outcome == WeaveOutcome.Woven) woven.Add(Path.GetFileNameWithoutExtension(path));
            else if (report.Outcome == WeaveOutcome.Failed) say(report.Diagnostics[^1].ToString());
        }
        DepsFile.Write(entry, woven);
        using (var file = File.Create(entry.ReportPath)) ReportJson.Write(file, reports);
        entry.WriteList(woven);
    }

    /// <summary>Of the application's own assemblies those that a rule may reach or that say <c>[Traced]</c>; of a framework's those that a rule names.</summary>
    private static bool IsConcerned(string path, IReadOnlyList<WeaveRule> rules)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal)
            ? AssemblyWeaver.Concerns(rules, name, File.ReadAllBytes(path))
            : rules.Any(rule => !rule.Exclude && rule.Assembly == name);
    }

    private static WeaveReport Weave(AssemblyWeaver weaver, string path, CacheEntry entry)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var symbolsPath = Path.ChangeExtension(path, ".pdb");
        using var assembly = new MemoryStream(File.ReadAllBytes(path));
        using var symbols = File.Exists(symbolsPath) ? File.OpenRead(symbolsPath) : null;
        using var output = new MemoryStream();
        using var symbolsOutput = new MemoryStream();
        var report = weaver.Weave(name, assembly, symbols, output, symbolsOutput);
        if (report.Outcome != WeaveOutcome.Woven) return report;
        var file = entry.FileOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Write(file, output);
        if (symbolsOutput.Length > 0) Write(Path.ChangeExtension(file, ".pdb"), symbolsOutput);
        return report;
    }

    private IReadOnlyList<WeaveRule> Rules() =>
        [.. settings.RulesFile is null ? [] : RuleFile.Parse(File.ReadAllText(settings.RulesFile)), .. RuleText.Parse(settings.Rules)];

    private static void Write(string path, MemoryStream content)
    {
        using var file = File.Create(path);
        content.WriteTo(file);
    }

    /// <summary>While it is being filled nobody else gets in, whatever the umask lets them do with the files.</summary>
    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Everybody may read it then, for a cache may be filled by root for others, and nobody else may write to it.</summary>
    private static void Open(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories)) File.SetUnixFileMode(file, ReadableFile);
        foreach (var below in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories)) File.SetUnixFileMode(below, ReadableFolder);
        File.SetUnixFileMode(folder, ReadableFolder);
    }
}
