using System.Globalization;

namespace Observability.Tool.Diagnosing;

/// <summary>Finds out whether an application is, or would be, instrumented, and why not.</summary>
internal static class Doctor
{
    /// <param name="subject">The id of a process, or the folder of a published application or of an image's root file system.</param>
    public static Diagnosis Of(string subject)
    {
        if (int.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var process)) return new Diagnosis(ProcessFindings.Of(process));
        return Directory.Exists(subject) ? new Diagnosis(ApplicationFindings.OfFolder(subject)) : OfCommand([subject]);
    }

    /// <summary>Looks at what the command would run: <c>dotnet App.dll</c>, or an executable.</summary>
    public static Diagnosis OfCommand(string[] command)
    {
        var library = command.FirstOrDefault(argument => argument.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && File.Exists(argument));
        var program = library ?? command.FirstOrDefault(File.Exists);
        return new Diagnosis(program is null
            ? [new Finding(false, $"none of '{string.Join(' ', command)}' is a file: name the application's own .dll or executable")]
            : ApplicationFindings.Of(Path.GetDirectoryName(Path.GetFullPath(program))!, Path.GetFileNameWithoutExtension(program)));
    }
}
