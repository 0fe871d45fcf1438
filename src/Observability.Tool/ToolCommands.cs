using Observability.Tool.Diagnosing;
using Observability.Tool.Installing;
using Observability.Tool.Running;

namespace Observability.Tool;

/// <summary>The command line: which command, with which arguments. Returns the exit code: 0 done, 1 failed, 2 not understood.</summary>
internal sealed class ToolCommands(TextWriter output, TextWriter error, string payload)
{
    private const string Usage = """
        observability: zero-code instrumentation for .NET applications

          observability install DIR        put the payload into DIR; the hook comes last, so that it is never seen incomplete
          observability run -- COMMAND…    run a command with the hook; its exit code is returned
          observability doctor PID         say what of a running process is instrumented, and why not
          observability doctor DIR         say the same of a published application
          observability doctor -- COMMAND… say the same of the application that a command runs

        """;

    public int Run(string[] arguments)
    {
        try
        {
            return arguments switch
            {
                ["install", var folder] => Install(folder),
                ["run", "--", _, ..] => HookedCommand.Run(arguments[2..], payload),
                ["run", var first, ..] when !first.StartsWith('-') => HookedCommand.Run(arguments[1..], payload),
                ["doctor", "--", _, ..] => Tell(Doctor.OfCommand(arguments[2..])),
                ["doctor", var subject] => Tell(Doctor.Of(subject)),
                ["doctor", var first, ..] when !first.StartsWith('-') => Tell(Doctor.OfCommand(arguments[1..])),
                [] or ["--help" or "-h" or "help"] => Explain(output, 0),
                _ => Explain(error, 2),
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            error.WriteLine("observability: " + failure.Message);
            return 1;
        }
    }

    private int Install(string folder)
    {
        var hook = Installation.Into(folder, payload);
        output.WriteLine($"installed; now set DOTNET_STARTUP_HOOKS={hook}");
        return 0;
    }

    private int Tell(Diagnosis diagnosis)
    {
        foreach (var finding in diagnosis.Findings) output.WriteLine($"{(finding.IsFine ? "  ok  " : "  NO  ")}{finding.Text}");
        output.WriteLine(diagnosis.IsInstrumented ? "instrumented" : "not instrumented");
        return diagnosis.IsInstrumented ? 0 : 1;
    }

    private static int Explain(TextWriter writer, int code)
    {
        writer.Write(Usage);
        return code;
    }
}
