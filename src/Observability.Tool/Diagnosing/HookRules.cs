using System.Reflection;
using Observability.Tool.Installing;

namespace Observability.Tool.Diagnosing;

/// <summary>Which applications the hook leaves out by their names: the payload's hook is asked itself, so that the two cannot differ.</summary>
internal sealed class HookRules
{
    private const string Exclude = "OBSERVABILITY_AUTO_EXCLUDE";
    private const string Include = "OBSERVABILITY_AUTO_INCLUDE";

    private readonly Func<string, Func<string, string?>, bool> _admit;

    private HookRules(Func<string, Func<string, string?>, bool> admit) => _admit = admit;

    /// <exception cref="IOException">There is no hook in the payload.</exception>
    public static HookRules Of(string payload)
    {
        try
        {
            var rules = Assembly.LoadFrom(Path.Combine(payload, Installation.Hook)).GetType("Observability.StartupHooks.Admission.ProcessRules", throwOnError: true)!;
            return new HookRules(rules.GetMethod("Admit")!.CreateDelegate<Func<string, Func<string, string?>, bool>>());
        }
        catch (Exception fault) when (fault is FileNotFoundException or BadImageFormatException)
        {
            throw new IOException($"no payload in {payload}: install the tool anew.", fault);
        }
    }

    /// <param name="process">The entry assembly's name.</param>
    /// <param name="variable">The application's environment.</param>
    public Finding Look(string process, Func<string, string?> variable)
    {
        if (_admit(process, variable)) return new Finding(true, $"the hook does not leave out an application named {process}");
        if (_admit(process, name => name == Exclude ? null : variable(name))) return new Finding(false, $"{Exclude}={variable(Exclude)} leaves {process} out");
        return new Finding(false, variable(Include) is { Length: > 0 } included
            ? $"{Include}={included} does not name {process}"
            : $"the hook leaves {process} out, as a program of the .NET tool chain by its name: {Include}={process} includes it");
    }
}
