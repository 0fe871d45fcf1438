using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>Where in the line each hole's text stands, so that an attribute can repeat it.</summary>
internal sealed class Holes
{
    private Span[] _spans = new Span[8];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int index, int start, int length, ValueForm form)
    {
        if (index >= _spans.Length) Array.Resize(ref _spans, Math.Max(_spans.Length * 2, index + 1));
        _spans[index] = new Span(start, length, form);
    }

    /// <summary>Forgets where the texts stand, because the message was changed after they were written.</summary>
    public void Forget() => Array.Clear(_spans);

    public Span this[int index] => _spans[index];

    public readonly record struct Span(int Start, int Length, ValueForm Form);
}
