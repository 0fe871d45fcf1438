using Observability.Weaver.Files;

namespace Observability.Weaver;

/// <summary>Weaves assemblies where they lie. A file is replaced as a whole, by renaming a finished one, or not at all.</summary>
public sealed class FileWeaver
{
    private readonly AssemblyWeaver _weaver;

    /// <summary>A weaver with the given rules and references; the assemblies beside a file count as its references too.</summary>
    public FileWeaver(WeaveOptions options, string folder)
    {
        ArgumentNullException.ThrowIfNull(options);
        _weaver = new AssemblyWeaver(new WeaveOptions { Rules = options.Rules, References = [folder, .. options.References], StrongNameKey = options.StrongNameKey });
    }

    /// <summary>Weaves the file and the .pdb beside it. Never throws because of what is in them or on the disk.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="dryRun">Tells what would be woven, and writes nothing.</param>
    public WeaveReport Weave(string path, bool dryRun = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var name = Path.GetFileNameWithoutExtension(path);
        try
        {
            var target = Resolved(path);
            var symbols = Path.ChangeExtension(target, ".pdb");
            if (!File.Exists(symbols)) symbols = null;
            using var output = new MemoryStream();
            using var symbolsOutput = new MemoryStream();
            var report = Weave(name, target, symbols, output, symbolsOutput);
            if (report.Outcome != WeaveOutcome.Woven || dryRun) return report;
            using var files = new ReplacedFiles();
            if (symbols is not null && symbolsOutput.Length > 0) files.Prepare(symbols, symbolsOutput);
            files.Prepare(target, output);
            files.Replace();
            return report;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var report = new WeaveReport(name) { Outcome = WeaveOutcome.Failed };
            report.Add(new WeaveDiagnostic("OBS7008", path, $"it is left as it was: {fault.Message.TrimEnd('.')}", IsWarning: true));
            return report;
        }
    }

    private WeaveReport Weave(string name, string target, string? symbols, MemoryStream output, MemoryStream symbolsOutput)
    {
        using var input = File.OpenRead(target);
        using var symbolsInput = symbols is null ? null : File.OpenRead(symbols);
        return _weaver.Weave(name, input, symbolsInput, output, symbolsOutput);
    }

    /// <summary>Behind a symbolic link the file itself is replaced, not the link.</summary>
    private static string Resolved(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
