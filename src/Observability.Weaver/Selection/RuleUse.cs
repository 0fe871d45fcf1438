namespace Observability.Weaver.Selection;

/// <summary>What became of rules in one assembly: which of them picked methods, and which of their values could be recorded of any of these.</summary>
internal sealed class RuleUse
{
    private readonly HashSet<WeaveRule> _picking = [];

    /// <summary>By rule and path, why the value could not be recorded; null as soon as it could.</summary>
    private readonly Dictionary<(WeaveRule Rule, string Path), string?> _values = [];

    public bool Picks(WeaveRule rule) => _picking.Contains(rule);

    public void NotePick(WeaveRule rule) => _picking.Add(rule);

    public void NoteRecorded(WeaveRule rule, string path) => _values[(rule, path)] = null;

    public void NoteMissing(WeaveRule rule, string path, string why) => _values.TryAdd((rule, path), why);

    public bool Records(WeaveRule rule, string path) => _values.TryGetValue((rule, path), out var why) && why is null;

    /// <summary>Values that were recorded of no method, each with a reason.</summary>
    public IEnumerable<(WeaveRule Rule, string Path, string Why)> Unrecorded =>
        _values.Where(value => value.Value is not null).Select(value => (value.Key.Rule, value.Key.Path, value.Value!));
}
