using System.Runtime.Intrinsics;

namespace Observability.Sampling;

/// <summary>What all patterns of a list agree on in their first characters: a value that differs there matches none of them.</summary>
internal readonly struct HeadGate
{
    private readonly Vector128<byte> _head;
    private readonly Vector128<byte> _mask;

    public HeadGate(IEnumerable<string> prefixes)
    {
        var first = true;
        foreach (var prefix in prefixes)
        {
            var head = TextHead.Of(prefix);
            _mask = first ? TextHead.MaskOf(prefix) : _mask & TextHead.MaskOf(prefix) & Vector128.Equals(head, _head);
            if (first) _head = head;
            first = false;
        }
        _head &= _mask;
    }

    public bool MayPass(Vector128<byte> head) => (head & _mask) == _head;
}
