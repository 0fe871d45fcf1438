using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>
/// Heads of a category's lines: all that stands before the attributes. When the message has no values, a head is the same each time but for the time and the span's ids.
/// A text is kept when it comes a second time, for many come once; what is kept stays, so that texts which want the same place do not cost anew each time.
/// </summary>
internal sealed class KeptHeads
{
    private const int Places = 64;
    private const int LongestText = 256;
    private const int LongestHead = 1_024;

    private readonly Lock _lock = new();
    private KeptHead?[] _heads = [];
    private string?[] _seen = [];

    /// <summary>The head of a line with this text, or null.</summary>
    /// <param name="text">The message, found by its identity.</param>
    /// <param name="level">The line's level.</param>
    /// <param name="id">The event's number.</param>
    /// <param name="context">The category's text that the head holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KeptHead? Find(string text, LogLevel level, int id, byte[] context)
    {
        var heads = _heads;
        if (heads.Length == 0) return null;
        var head = heads[Place(text, context)];
        return head is not null && ReferenceEquals(head.Text, text) && ReferenceEquals(head.Context, context) && head.Level == level && head.Id == id ? head : null;
    }

    /// <summary>Keeps the head that a line has now if its text came before, is short, and finds its place free.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Keep(Line line, string text, LogLevel level, int id, byte[] context, int contextStart)
    {
        if (line.Truncated || text.Length > LongestText || line.Position > LongestHead) return;
        lock (_lock)
        {
            if (_heads.Length == 0) (_seen, _heads) = (new string?[Places], new KeptHead?[Places]);
            var place = Place(text, context);
            if (_heads[place] is not null) return;
            if (ReferenceEquals(_seen[place], text)) _heads[place] = new KeptHead(line, text, level, id, context, contextStart);
            _seen[place] = _heads[place] is null ? text : null;
        }
    }

    /// <summary>Lines with and without a recorded span have places of their own, for one text is often written with all.</summary>
    private static int Place(string text, byte[] context) => (RuntimeHelpers.GetHashCode(text) + (context.Length * 31)) & (Places - 1);
}
