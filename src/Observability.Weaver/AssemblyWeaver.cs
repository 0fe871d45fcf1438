using Observability.Weaver.Reading;
using Observability.Weaver.Rules;
using Observability.Weaver.Runtime;
using Observability.Weaver.Writing;

namespace Observability.Weaver;

/// <summary>
/// Weaves one assembly at a time: streams in, streams and a report out. The same input and options give the same bytes, and
/// nothing is written unless the whole assembly could be woven. An instance may be used for many assemblies, by one thread.
/// </summary>
public sealed class AssemblyWeaver
{
    private readonly WeaveOptions _options;

    /// <summary>A weaver with the given rules and references.</summary>
    public AssemblyWeaver(WeaveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>
    /// Weaves an assembly. Never throws because of what is in it: the report's outcome tells, and unless it is
    /// <see cref="WeaveOutcome.Woven"/> nothing has been written.
    /// </summary>
    /// <param name="name">What to call the assembly in the report until its own name is known.</param>
    /// <param name="assembly">The assembly, readable.</param>
    /// <param name="symbols">Its portable PDB; null when it has none or embeds it.</param>
    /// <param name="output">Gets the woven assembly.</param>
    /// <param name="symbolsOutput">Gets the woven portable PDB; null when <paramref name="symbols"/> is.</param>
    public WeaveReport Weave(string name, Stream assembly, Stream? symbols, Stream output, Stream? symbolsOutput)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(output);
        var report = new WeaveReport(name);
        using var resolver = new ReferenceResolver(_options.References);
        try
        {
            using var input = AssemblyInput.Read(assembly, symbols, resolver, report);
            report.Assembly = input.Assembly.Name.Name;
            if (Refuses(input, report)) return report;
            new ModuleWeaver(input.Module, _options.Rules, report).Weave();
            if (report.Methods.Count == 0) return report;
            new AssemblyOutput(input, _options.StrongNameKey, report).Write(output, symbolsOutput);
            report.Outcome = WeaveOutcome.Woven;
        }
        catch (BadImageFormatException)
        {
            report.Outcome = WeaveOutcome.Refused;
            report.Add(new WeaveDiagnostic("OBS7001", report.Assembly, "it is left as it was: it is no .NET assembly"));
        }
        catch (Exception fault)
        {
            report.Forget();
            report.Outcome = WeaveOutcome.Failed;
            report.Add(new WeaveDiagnostic("OBS7008", report.Assembly, $"it is left as it was, because weaving failed with {fault.GetType().Name}: {fault.Message.TrimEnd('.')}", IsWarning: true));
        }
        return report;
    }

    /// <summary>
    /// Whether weaving an assembly could pick anything: a rule is for assemblies of its name, or <c>[Traced]</c> is named in it. Cheap, and right when it says no.
    /// </summary>
    /// <param name="rules">The rules.</param>
    /// <param name="name">The assembly's simple name.</param>
    /// <param name="image">The assembly.</param>
    public static bool Concerns(IReadOnlyList<WeaveRule> rules, string name, ReadOnlySpan<byte> image)
    {
        ArgumentNullException.ThrowIfNull(rules);
        foreach (var rule in rules)
            if (!rule.Exclude && Wildcard.Matches(rule.Assembly, name)) return true;
        return image.IndexOf("TracedAttribute"u8) >= 0;
    }

    private bool Refuses(AssemblyInput input, WeaveReport report)
    {
        if (WovenRuntime.IsIn(input.Module))
        {
            report.Outcome = WeaveOutcome.AlreadyWoven;
            report.Add(new WeaveDiagnostic("OBS7002", report.Assembly, "it is woven already, and is left as it was"));
            return true;
        }
        if (Refusal.Why(input.Assembly, _options.IncludesListeners) is not { } why) return false;
        report.Outcome = WeaveOutcome.Refused;
        report.Add(new WeaveDiagnostic("OBS7001", report.Assembly, $"it is left as it was: {why}", Selection.TracedAttribute.IsUsedIn(input.Module)));
        return true;
    }
}
