using System.Text;
using Observability.Prometheus.Catalog;

namespace Observability.Prometheus.Layout;

/// <summary>Writes a point's labels as <c>a="1",b="2"</c>, into a buffer that it reuses.</summary>
internal class LabelEncoder
{
    /// <summary>The encoding of a series that the options do not expose.</summary>
    public const byte Hidden = 0;

    protected static readonly byte[] HiddenText = [Hidden];
    private readonly StringBuilder _text = new();
    private byte[] _bytes = new byte[256];

    public virtual ReadOnlySpan<byte> Encode(List<KeyValuePair<string, string>>? labels, SeriesSource source)
    {
        if (labels is null) return HiddenText;
        _text.Clear();
        foreach (var (name, value) in labels)
        {
            if (_text.Length > 0) _text.Append(',');
            TextSyntax.AppendLabel(_text, name, value);
        }
        if (_text.Length * 3 > _bytes.Length) _bytes = new byte[_text.Length * 4];
        // Chunk by chunk would split surrogate pairs; the text is short.
        foreach (var chunk in _text.GetChunks())
        {
            if (chunk.Length == _text.Length) return _bytes.AsSpan(0, Encoding.UTF8.GetBytes(chunk.Span, _bytes));
        }
        var length = Encoding.UTF8.GetBytes(_text.ToString(), _bytes);
        return _bytes.AsSpan(0, length);
    }
}
