namespace Observability.Logging;

/// <summary>The objects around the value that is being written, to cut cycles, and the keys that theirs have so far.</summary>
internal sealed class ValuePath
{
    private readonly List<object> _objects = [];
    private readonly List<(int Start, int Length)> _keys = [];

    public int Depth => _objects.Count;

    public int KeyCount => _keys.Count;

    /// <summary>Where the path is, for <see cref="Return"/>.</summary>
    public (int Objects, int Keys) Here => (_objects.Count, _keys.Count);

    public bool Contains(object value)
    {
        foreach (var other in _objects)
            if (ReferenceEquals(other, value)) return true;
        return false;
    }

    public void Enter(object value) => _objects.Add(value);

    /// <summary>Leaves all objects that were entered since.</summary>
    public void Return((int Objects, int Keys) mark)
    {
        _objects.RemoveRange(mark.Objects, _objects.Count - mark.Objects);
        _keys.RemoveRange(mark.Keys, _keys.Count - mark.Keys);
    }

    public void Clear()
    {
        _objects.Clear();
        _keys.Clear();
    }

    public void AddKey(int start, int length) => _keys.Add((start, length));

    public (int Start, int Length) KeyAt(int index) => _keys[index];
}
