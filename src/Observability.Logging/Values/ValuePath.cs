namespace Observability.Logging;

/// <summary>The objects around the value that is being written, to cut cycles, and the keys that theirs have so far.</summary>
internal sealed class ValuePath
{
    private readonly List<object> _objects = [];
    private readonly List<(int Start, int Length)> _keys = [];

    public int Depth => _objects.Count;

    public int KeyCount => _keys.Count;

    public bool Contains(object value)
    {
        foreach (var other in _objects)
            if (ReferenceEquals(other, value)) return true;
        return false;
    }

    /// <summary>Enters an object; <see cref="Leave"/> takes the mark that this returns.</summary>
    public int Enter(object value)
    {
        _objects.Add(value);
        return _keys.Count;
    }

    public void Leave(int mark)
    {
        _objects.RemoveAt(_objects.Count - 1);
        _keys.RemoveRange(mark, _keys.Count - mark);
    }

    public void Clear()
    {
        _objects.Clear();
        _keys.Clear();
    }

    public void AddKey(int start, int length) => _keys.Add((start, length));

    public (int Start, int Length) KeyAt(int index) => _keys[index];
}
