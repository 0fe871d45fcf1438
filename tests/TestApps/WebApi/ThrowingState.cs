using System.Collections;

namespace WebApi;

/// <summary>Log state that cannot be read.</summary>
internal sealed class ThrowingState : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 1;

    public KeyValuePair<string, object?> this[int index] => throw new InvalidOperationException("the state threw");

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new InvalidOperationException("the state threw");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => throw new InvalidOperationException("the state's ToString threw");
}
