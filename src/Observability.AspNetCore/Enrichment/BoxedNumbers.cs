namespace Observability.AspNetCore.Enrichment;

/// <summary>Boxes of numbers that come again and again: tags are objects, and a request should not allocate for its port.</summary>
internal sealed class BoxedNumbers
{
    private readonly object?[] _boxes = new object?[1024];

    public object Box(int number)
    {
        // A race stores another box of an equal or colliding number; both are right.
        ref var slot = ref _boxes[number & (_boxes.Length - 1)];
        if (slot is int boxed && boxed == number) return slot;
        object box = number;
        slot = box;
        return box;
    }
}
