using Mono.Cecil;
using Observability.Weaver.Bodies;
using Observability.Weaver.Runtime;
using Observability.Weaver.Selection;

namespace Observability.Weaver;

/// <summary>Goes through the picked methods of one module and weaves each by its shape, or says why not.</summary>
internal sealed class ModuleWeaver(ModuleDefinition module, IReadOnlyList<WeaveRule> rules, WeaveReport report)
{
    private readonly Dictionary<(string Source, bool Metrics), WovenRuntime> _runtimes = [];
    private readonly TailCalls _tailCalls = new();
    private readonly MemberPaths _paths = new(module);
    private TypeCopy? _copy;

    public void Weave()
    {
        var selector = new MethodSelector(module.Assembly.Name.Name, rules, report.Use);
        foreach (var selected in selector.Select(module).ToList())
        {
            var shape = ShapeReader.Of(selected.Method, out var type);
            var machine = type is null ? null : StateMachine.Of(type);
            if (!selected.Rule.Spans && !selected.Rule.Metrics && selected.Rule.Announce is null) continue;
            if (Obstacle(selected, shape, machine) is var (id, why) && id is not null)
            {
                report.Add(new WeaveDiagnostic(id, selected.Name.Function, why, selected.ByName || selected.Rule == TracedAttribute.Unreadable || selected.Rule == TracedAttribute.OfNoKind));
                continue;
            }
            Announce(selected, shape);
            if (selected.Rule.Spans || selected.Rule.Metrics) Weave(selected, shape, machine);
            report.Add(new WovenMethod(selected.Name.Function, selected.SpanName, shape, selected.Rule.Spans, selected.Rule.Metrics));
        }
        foreach (var unused in selector.Unused)
            report.Add(new WeaveDiagnostic("OBS7011", module.Assembly.Name.Name, $"the rule {unused.Pattern} picks no method of it"));
        foreach (var (rule, path, why) in report.Use.Unrecorded.Where(value => !rules.Contains(value.Rule)))
            report.Add(new WeaveDiagnostic("OBS7007", rule.Type == "*" ? module.Assembly.Name.Name : rule.Type, $"the value \"{path}\" that its [Traced] asks for is recorded of no method ({why}); look whether its name is misspelt", IsWarning: true));
    }

    private (string? Id, string Why) Obstacle(SelectedMethod selected, MethodShape shape, StateMachine? machine) => shape switch
    {
        _ when selected.Rule == TracedAttribute.Unreadable => ("OBS7006", "its attribute [Traced] names a type of an assembly that is missing"),
        _ when selected.Rule == TracedAttribute.OfNoKind => ("OBS7006", "the Kind of its attribute [Traced] is no ActivityKind"),
        MethodShape.Bodyless => ("OBS7003", "it has no IL: it is abstract, extern or made by the runtime"),
        MethodShape.RuntimeAsync => ("OBS7004", "the runtime itself makes its state machine (runtime-async), which is not woven yet"),
        MethodShape.Async or MethodShape.AsyncIterator when machine?.Builder is null => ("OBS7006", "its state machine is of an unknown kind"),
        MethodShape.Async or MethodShape.AsyncIterator when !machine.TellsFailure(shape is MethodShape.AsyncIterator) => ("OBS7006", "its state machine tells its outcome in an unknown way"),
        MethodShape.Iterator when machine is null => ("OBS7006", "its state machine is of an unknown kind"),
        MethodShape.Constructor when !selected.Method.DeclaringType.IsValueType && !ConstructorChain.Has(selected.Method.Body) => ("OBS7006", "it calls no other constructor"),
        _ when !BodyEditor.HasRoom((machine?.MoveNext ?? selected.Method).Body) => ("OBS7006", "it has as many locals as there can be"),
        _ when machine is null && _tailCalls.Recurs(selected.Method) => ("OBS7005", "it makes tail calls that a recursion may rest on"),
        _ when machine is null && UnknownCode.IsIn(selected.Method.Body) => ("OBS7006", "it contains a jmp instruction"),
        _ => (null, ""),
    };

    private void Weave(SelectedMethod selected, MethodShape shape, StateMachine? machine)
    {
        var runtime = Runtime(selected.Rule);
        var call = new WovenCall(selected, runtime, new TagCode(selected, runtime, _paths, report));
        switch (shape)
        {
            case MethodShape.Async: new AsyncBody(call, machine!, iterator: false).Weave(); break;
            case MethodShape.AsyncIterator: new AsyncBody(call, machine!, iterator: true).Weave(); break;
            case MethodShape.Iterator: new IteratorBody(call, machine!).Weave(); break;
            default: new PlainBody(call).Weave(selected.Method); break;
        }
    }

    private void Announce(SelectedMethod selected, MethodShape shape)
    {
        if (selected.Rule.Announce is not { } what) return;
        var obstacle = shape is MethodShape.Plain or MethodShape.ReturnsTask ? new Announcement(selected, _copy ??= TypeCopy.To(module)).Weave(what) : "a method of this shape has none";
        if (obstacle is not null) report.Add(new WeaveDiagnostic("OBS7007", selected.Name.Function, $"the object \"{what}\" is not announced: {obstacle}"));
    }

    private WovenRuntime Runtime(WeaveRule rule)
    {
        var source = rule.Source ?? module.Assembly.Name.Name;
        if (_runtimes.TryGetValue((source, rule.Metrics), out var known)) return known;
        _copy ??= TypeCopy.To(module);
        return _runtimes[(source, rule.Metrics)] = WovenRuntime.AddTo(module, _copy, source, rule.Metrics, _runtimes.Count);
    }
}
