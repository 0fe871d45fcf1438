using System.CommandLine;
using Observability.Tool.Diagnosing;
using Observability.Tool.Installing;
using Observability.Tool.Running;

namespace Observability.Tool;

/// <summary>The command line: which command, with which arguments. Returns the exit code: 0 done, 1 failed, 2 not understood; of <c>run</c> the command's own.</summary>
internal sealed class ToolCommands(TextWriter output, TextWriter error, string payload)
{
    private const int Failed = 1;
    private const int NotUnderstood = 2;

    public int Run(string[] arguments)
    {
        var root = new RootCommand("Observability for .NET: instruments applications without their code.") { Install(), Run(), Doctoring(), WeaveVerb.Create() };
        if (arguments.Length == 0) arguments = ["--help"];
        var parsed = root.Parse(Opened(arguments));
        var code = parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return parsed.Errors.Count > 0 ? NotUnderstood : code;
    }

    /// <summary>What follows <c>run</c> and <c>doctor</c> is another program's command line, with or without the two dashes before it.</summary>
    private static string[] Opened(string[] arguments) =>
        arguments is ["run" or "doctor", var first, ..] && !first.StartsWith('-') ? [arguments[0], "--", .. arguments[1..]] : arguments;

    private Command Install()
    {
        var folder = new Argument<string>("dir") { Description = "The directory; made when it is not there." };
        folder.Validators.Add(static named =>
        {
            if (named.Tokens is [{ Value: "" }]) named.AddError("The directory's name is empty.");
        });
        return Verb("install", "Puts the payload into a directory; the hook comes last, so that it is never seen incomplete.", folder, parsed =>
        {
            output.WriteLine($"installed; now set DOTNET_STARTUP_HOOKS={Installation.Into(parsed.GetRequiredValue(folder), payload)}");
            return 0;
        });
    }

    private Command Run()
    {
        var command = new Argument<string[]>("command") { Description = "The command, after two dashes.", Arity = ArgumentArity.OneOrMore };
        return Verb("run", "Runs a command with the hook, in place of this process where the system can.", command, parsed => HookedCommand.Run(parsed.GetRequiredValue(command), payload, error));
    }

    private Command Doctoring()
    {
        var subject = new Argument<string[]>("subject") { Description = "The id of a process, the directory of a published application, or, after two dashes, a command.", Arity = ArgumentArity.OneOrMore };
        return Verb("doctor", "Says what of an application is instrumented, what is not, and why.", subject, parsed => Tell(parsed.GetRequiredValue(subject) switch
        {
            [var single] => new Doctor(payload).Of(single),
            var command => new Doctor(payload).OfCommand(command),
        }));
    }

    private Command Verb(string name, string description, Argument argument, Func<ParseResult, int> action)
    {
        var verb = new Command(name, description) { argument };
        verb.SetAction(parsed =>
        {
            try
            {
                return action(parsed);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception or InvalidOperationException)
            {
                error.WriteLine("observability: " + failure.Message);
                return Failed;
            }
        });
        return verb;
    }

    private int Tell(Diagnosis diagnosis)
    {
        foreach (var finding in diagnosis.Findings) output.WriteLine($"{(finding.IsFine ? "  ok  " : "  NO  ")}{finding.Text}");
        output.WriteLine(diagnosis.Verdict);
        return diagnosis.IsInstrumented ? 0 : Failed;
    }
}
