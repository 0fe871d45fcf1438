using System.CommandLine;
using Observability.Weaver;

namespace Observability.Tool;

/// <summary><c>observability weave PATH…</c>: the command line of the weaver's own command.</summary>
internal static class WeaveVerb
{
    private static readonly Argument<string[]> Paths = new("path") { Description = "Assemblies, or folders of them.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string[]> Rules = new("--rule", "-r") { Description = "What to weave: [!][public ][[assembly]]type[::method][@attribute], or recipe:NAME; separated by semicolons." };
    private static readonly Option<string?> RulesFile = new("--rules-file", "-f") { Description = "A JSON file with rules." };
    private static readonly Option<string[]> References = new("--reference") { Description = "Files or folders with further referenced assemblies." };
    private static readonly Option<string?> Key = new("--key") { Description = "A strong-name key pair (.snk) to sign woven assemblies with." };
    private static readonly Option<string?> Report = new("--report") { Description = "Writes a JSON report to this file." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Lists the methods that would be woven, and writes nothing." };
    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Tells about every assembly and everything that was left as it was." };

    public static Command Create()
    {
        var command = new Command("weave", "Puts spans and metrics into compiled assemblies, where they lie.") { Paths, Rules, RulesFile, References, Key, Report, DryRun, Verbose };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed) =>
        new WeaveCommand(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, Variable).Run(new WeaveRequest
        {
            Paths = parsed.GetValue(Paths) ?? [],
            Rules = parsed.GetValue(Rules) ?? [],
            RulesPath = parsed.GetValue(RulesFile),
            References = parsed.GetValue(References) ?? [],
            KeyPath = parsed.GetValue(Key),
            ReportPath = parsed.GetValue(Report),
            DryRun = parsed.GetValue(DryRun),
            Verbose = parsed.GetValue(Verbose),
        });

#pragma warning disable RS0030 // The edge of the program: here the environment is taken and handed on.
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
#pragma warning restore RS0030
}
