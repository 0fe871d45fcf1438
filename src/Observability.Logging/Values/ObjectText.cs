namespace Observability.Logging;

/// <summary>A nested JSON object while it is written: commas, hidden values, no key twice.</summary>
internal ref struct ObjectText
{
    private readonly Line _line;
    private readonly int _firstKey;

    public ObjectText(Line line)
    {
        _line = line;
        _firstKey = line.Path.KeyCount;
        line.Byte((byte)'{');
    }

    public int Count { get; private set; }

    /// <summary>How many keys came, those that were there already among them: a sequence may repeat one for ever.</summary>
    public int Asked { get; private set; }

    /// <summary>Writes the key; false when the object has it already or its value is hidden, and there is nothing more to write.</summary>
    public bool Begin(string name, bool hidden = false)
    {
        Asked++;
        var before = _line.Position;
        if (Count > 0) _line.Byte((byte)',');
        _line.Byte((byte)'"');
        var start = _line.Position;
        JsonText.Write(_line, name);
        var length = _line.Position - start;
        if (IsWritten(start, length))
        {
            _line.Position = before;
            return false;
        }
        _line.Path.AddKey(start, length);
        _line.Raw("\":"u8);
        Count++;
        if (!hidden && !_line.Plan.Redacted.Hides(name)) return true;
        HiddenValue.Mask(_line);
        return false;
    }

    public readonly void End() => _line.Byte((byte)'}');

    private readonly bool IsWritten(int start, int length)
    {
        for (var i = _firstKey; i < _line.Path.KeyCount; i++)
        {
            var (otherStart, otherLength) = _line.Path.KeyAt(i);
            if (otherLength == length && _line.Slice(otherStart, length).SequenceEqual(_line.Slice(start, length))) return true;
        }
        return false;
    }
}
