namespace Observability.Logging;

/// <summary>The innermost scopes around one log call, outermost first, kept between calls so that collecting them allocates nothing.</summary>
internal sealed class ScopeStack
{
    private const int Most = 64;
    private object?[] _scopes = new object?[8];
    private int _first;

    public int Count { get; private set; }

    /// <summary>Whether there were more, further out.</summary>
    public bool HasLost { get; private set; }

    public object? this[int index] => _scopes[(_first + index) % _scopes.Length];

    public void Push(object? scope)
    {
        if (Count == Most)
        {
            _scopes[_first] = scope;
            _first = (_first + 1) % Most;
            HasLost = true;
            return;
        }
        if (Count == _scopes.Length) Array.Resize(ref _scopes, _scopes.Length * 2);
        _scopes[Count++] = scope;
    }

    public void Clear()
    {
        Array.Clear(_scopes, 0, Count);
        Count = 0;
        _first = 0;
        HasLost = false;
    }
}
