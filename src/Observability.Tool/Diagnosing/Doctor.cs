using System.Globalization;

namespace Observability.Tool.Diagnosing;

/// <summary>Finds out whether an application is, or would be, instrumented, and why not.</summary>
internal sealed class Doctor(string payload)
{
    private readonly HookRules _rules = HookRules.Of(payload);

    /// <param name="subject">The id of a process, the folder of a published application or of an image's root file system, or a file of the former.</param>
    public Diagnosis Of(string subject)
    {
        if (int.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var process)) return new Diagnosis(new ProcessFindings(_rules).Of(process));
        return Directory.Exists(subject) ? new Diagnosis(new ApplicationFindings(_rules).OfFolder(subject)) : OfCommand([subject]);
    }

    /// <summary>Looks at what the command would run: <c>dotnet App.dll</c>, or an executable.</summary>
    public Diagnosis OfCommand(string[] command)
    {
        // Whatever else is a file among the arguments is not what runs.
        var program = command.FirstOrDefault(argument => argument.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && File.Exists(argument)) ?? command.Take(1).FirstOrDefault(File.Exists);
        return new Diagnosis(program is null
            ? [new Finding(false, $"'{string.Join(' ', command)}' names neither a .dll nor an executable that is a file: name the application's own")]
            : new ApplicationFindings(_rules).OfProgram(Path.GetFullPath(program)));
    }
}
