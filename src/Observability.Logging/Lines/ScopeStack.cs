namespace Observability.Logging;

/// <summary>The scopes around one log call, outermost first, kept between calls so that collecting them allocates nothing.</summary>
internal sealed class ScopeStack
{
    private const int Most = 64;
    private object?[] _scopes = new object?[8];

    public int Count { get; private set; }

    public object? this[int index] => _scopes[index];

    public void Push(object? scope)
    {
        if (Count == Most) return;
        if (Count == _scopes.Length) Array.Resize(ref _scopes, _scopes.Length * 2);
        _scopes[Count++] = scope;
    }

    public void Clear()
    {
        Array.Clear(_scopes, 0, Count);
        Count = 0;
    }
}
