using System.Runtime.InteropServices;

namespace Observability.Weaver;

/// <summary>The command <c>observability weave</c>: weaves files and folders where they lie, with progress, and says what it did.</summary>
public sealed class WeaveCommand
{
    private const string Variable = "OBSERVABILITY_WEAVE";
    private const int Success = 0;
    private const int SomethingFailed = 1;
    private const int Unusable = 2;

    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly Func<string, string?> _environment;

    /// <summary>A command that writes to the given writers and reads variables of the given environment.</summary>
    public WeaveCommand(TextWriter output, TextWriter error, Func<string, string?> environment)
    {
        _output = output;
        _error = error;
        _environment = environment;
    }

    /// <summary>Runs the command; returns the exit code: 0, 1 when an assembly could not be woven, 2 when the command could not be understood.</summary>
    public int Run(WeaveRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<string> files;
        WeaveOptions options;
        try
        {
            files = AssemblyFiles.Under(request.Paths);
            options = Options(request);
            // Before anything is woven: a report that cannot be written is no reason to have woven without one.
            if (request.ReportPath is not null) WriteReport(request.ReportPath, []);
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            _error.WriteLine(fault.Message);
            return Unusable;
        }
        var reports = files.Select((file, index) => Weave(file, options, request, $"[{index + 1}/{files.Count}]")).ToList();
        Summarize(reports, request.DryRun);
        foreach (var diagnostic in RuleCheck.Of(options.Rules, reports)) _error.WriteLine(diagnostic);
        if (request.ReportPath is not null) WriteReport(request.ReportPath, reports);
        return reports.Exists(report => report.Outcome == WeaveOutcome.Failed) ? SomethingFailed : Success;
    }

    private WeaveReport Weave(string file, WeaveOptions options, WeaveRequest request, string progress)
    {
        var report = new FileWeaver(options, Path.GetDirectoryName(file)!).Weave(file, request.DryRun);
        if (report.Outcome is WeaveOutcome.Woven) _output.WriteLine($"{progress} {report.Assembly}: {report.Methods.Count} methods{(request.DryRun ? " would be" : "")} woven");
        else if (request.Verbose || report.Outcome == WeaveOutcome.Failed) _output.WriteLine($"{progress} {report.Assembly}: {report.Outcome}");
        if (request.DryRun)
            foreach (var method in report.Methods) _output.WriteLine($"  {method.Function} ({method.Shape})");
        foreach (var diagnostic in report.Diagnostics)
            if (diagnostic.IsWarning) _error.WriteLine(diagnostic);
            else if (request.Verbose || (request.DryRun && report.Outcome == WeaveOutcome.Woven)) _output.WriteLine("  " + diagnostic);
        return report;
    }

    private WeaveOptions Options(WeaveRequest request)
    {
        var rules = new List<WeaveRule>();
        if (request.RulesPath is not null) rules.AddRange(RuleFile.Parse(File.ReadAllText(request.RulesPath)));
        if (_environment(Variable) is { Length: > 0 } text) rules.AddRange(RuleText.Parse(text));
        foreach (var rule in request.Rules) rules.AddRange(RuleText.Parse(rule));
        return new WeaveOptions
        {
            Rules = rules,
            References = [.. request.References, .. Frameworks()],
            StrongNameKey = request.KeyPath is null ? null : File.ReadAllBytes(request.KeyPath),
        };
    }

    /// <summary>The shared frameworks beside the one that runs this: what an application's assemblies reference and do not bring.</summary>
    private static IEnumerable<string> Frameworks()
    {
        var own = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd(Path.DirectorySeparatorChar);
        var shared = Path.GetDirectoryName(Path.GetDirectoryName(own));
        return shared is not null && Path.GetFileName(shared) == "shared"
            ? [own, .. Directory.EnumerateDirectories(shared).Select(framework => Path.Combine(framework, Path.GetFileName(own))).Where(Directory.Exists)]
            : [own];
    }

    private void Summarize(List<WeaveReport> reports, bool dryRun)
    {
        var woven = reports.Where(report => report.Outcome == WeaveOutcome.Woven).ToList();
        var left = reports.Where(report => report.Outcome != WeaveOutcome.Woven).GroupBy(report => report.Outcome).Select(group => $"{group.Count()} {group.Key}");
        _output.WriteLine(string.Join(", ", left.Prepend($"{(dryRun ? "dry run: " : "")}{woven.Count} of {reports.Count} assemblies woven, {woven.Sum(report => report.Methods.Count)} methods")));
        if (reports.Sum(report => report.Diagnostics.Count(diagnostic => diagnostic.Id == "OBS7003" || diagnostic.Id == "OBS7004" || diagnostic.Id == "OBS7005" || diagnostic.Id == "OBS7006")) is > 0 and var count)
            _output.WriteLine($"{count} picked methods are left as they were; --verbose says why");
    }

    private static void WriteReport(string path, List<WeaveReport> reports)
    {
        using var file = File.Create(path);
        ReportJson.Write(file, reports);
    }
}
