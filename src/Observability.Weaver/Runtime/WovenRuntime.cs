using Mono.Cecil;

namespace Observability.Weaver.Runtime;

/// <summary>The copied methods that woven bodies of one assembly call, for one source name.</summary>
internal sealed class WovenRuntime
{
    /// <summary>The name prefix of what weaving adds to an assembly: no language can write it, and finding it means that the assembly is woven.</summary>
    public const string Mark = "<Observability>";

    private readonly TypeDefinition _type;
    private readonly Dictionary<string, MethodDefinition> _methods;

    private WovenRuntime(TypeDefinition type, TypeDefinition silence)
    {
        BeginSilence = silence.Methods.First(method => method.Name == nameof(WovenSilence.Begin));
        EndSilence = silence.Methods.First(method => method.Name == nameof(WovenSilence.End));
        _type = type;
        _methods = type.Methods.Where(method => method.IsPublic).ToDictionary(method => method.Name);
    }

    /// <summary>What a started call is remembered by, in a local or a field.</summary>
    public TypeReference Token => Start.ReturnType;
    public TypeReference Exception => Fail.Parameters[0].ParameterType;

    public MethodDefinition Start => _methods[nameof(WovenSpans.Start)];
    public MethodDefinition End => _methods[nameof(WovenSpans.End)];
    public MethodDefinition Fail => _methods[nameof(WovenSpans.Fail)];
    public MethodDefinition EndFailed => _methods[nameof(WovenSpans.EndFailed)];
    public MethodDefinition Tag => _methods[nameof(WovenSpans.Tag)];
    public MethodDefinition EndWith => _methods[nameof(WovenSpans.EndWith)];
    public MethodDefinition Before => _methods[nameof(WovenSpans.Before)];
    public MethodDefinition Resume => _methods[nameof(WovenSpans.Resume)];
    public MethodDefinition Suspend => _methods[nameof(WovenSpans.Suspend)];

    public MethodDefinition BeginSilence { get; }
    public MethodDefinition EndSilence { get; }

    public static bool IsIn(ModuleDefinition module) =>
        module.Types.Any(type => type.Name.StartsWith(Mark, StringComparison.Ordinal));

    /// <summary>Copies what spans need and, on top of it, what metrics need.</summary>
    public static WovenRuntime AddTo(ModuleDefinition module, TypeCopy copy, string source, bool metrics, int number)
    {
        var suffix = number == 0 ? "" : number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var version = module.Assembly.Name.Version.ToString(3);
        var nothing = new Dictionary<string, string>();
        copy.Into(typeof(WovenCredentials), Mark + "Credentials", nothing);
        copy.Into(typeof(WovenValues), Mark + "Values", nothing);
        copy.Into(typeof(WovenCurrent), Mark + "Current", nothing);
        var silence = copy.Into(typeof(WovenSilence), Mark + "Silence", nothing);
        var constants = new Dictionary<string, string> { [Placeholder.SourceName] = source, [Placeholder.SourceVersion] = version };
        var spans = copy.Into(typeof(WovenSpans), Mark + "Spans" + suffix, constants);
        return new WovenRuntime(metrics ? copy.Into(typeof(WovenCalls), Mark + "Calls" + suffix, constants) : spans, silence);
    }

    public override string ToString() => _type.Name;
}
