using Observability.Prometheus.Layout;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.OpenMetrics2;

/// <summary>Text that grows; kept and used again, so that a steady scrape allocates nothing.</summary>
internal sealed unsafe class TextBuffer
{
    private byte[] _bytes = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    public void Add(string text)
    {
        _length += System.Text.Encoding.UTF8.GetBytes(text, Room(text.Length * 3));
    }

    public void Add(long number)
    {
        fixed (byte* room = Room(TextArena.Slack)) _length += NumberText.Write(room, number);
    }

    public void Add(double number)
    {
        fixed (byte* room = Room(TextArena.Slack)) _length += NumberText.Write(room, number);
    }

    /// <summary>Seconds since 1970, to the millisecond.</summary>
    public void Add(DateTimeOffset time)
    {
        fixed (byte* room = Room(TextArena.Slack)) _length += NumberText.Write(room, time.ToUnixTimeMilliseconds() / 1000.0);
    }

    public void Add(in OpenTelemetry.Metrics.Exemplar exemplar, double value)
    {
        fixed (byte* room = Room(ExemplarText.MaximumLength)) _length += ExemplarText.Write(room, in exemplar, value);
    }

    private Span<byte> Room(int size)
    {
        if (_bytes.Length - _length < size) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + size));
        return _bytes.AsSpan(_length);
    }
}
