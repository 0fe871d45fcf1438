using System.Buffers;

namespace Observability.Sources.Database;

/// <summary>
/// Hides the literals of a statement and summarises it. At most 16,384 characters of a statement are looked at and kept.
/// </summary>
internal static class SqlSanitizer
{
    public const int Longest = 16_384;

    public static SqlStatement Read(string text, SqlDialect dialect)
    {
        var source = text.AsSpan(0, Math.Min(text.Length, Longest));
        var buffer = ArrayPool<char>.Shared.Rent(source.Length + 1);
        try
        {
            var summary = new SqlSummary();
            var output = new Output(buffer);
            var scanner = new SqlScanner(source, dialect);
            while (scanner.Next(out var kind, out var range)) Feed(kind, source[range], ref output, summary);
            // Cut off where it was too long: the last piece may be half a literal, which the scanner calls unsure, or half a number, which it hides.
            return new SqlStatement(output.Text.SequenceEqual(text) ? text : output.Text.ToString(), summary.ToString(), summary.Operation);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static void Feed(SqlTokenKind kind, ReadOnlySpan<char> piece, ref Output output, SqlSummary summary)
    {
        switch (kind)
        {
            case SqlTokenKind.Literal:
            case SqlTokenKind.Unsure:
                output.Literal();
                summary.Symbol('?');
                break;
            case SqlTokenKind.Comment:
                output.Copy(" ");
                break;
            case SqlTokenKind.Space:
                output.Copy(piece);
                break;
            case SqlTokenKind.Symbol:
                output.Symbol(piece[0]);
                summary.Symbol(piece[0]);
                break;
            case SqlTokenKind.QuotedName:
                output.Copy(piece);
                summary.Name(piece);
                break;
            default:
                output.Word(piece);
                summary.Word(piece);
                break;
        }
    }

    /// <summary>The text as it grows. It never grows beyond the source: what is written is never longer than what was read.</summary>
    private ref struct Output(Span<char> buffer)
    {
        private readonly Span<char> _buffer = buffer;
        private int _length;
        private bool _afterIn;
        private bool _inList;
        private int _lastLiteral = -1;

        public readonly ReadOnlySpan<char> Text => _buffer[.._length];

        public void Copy(scoped ReadOnlySpan<char> piece)
        {
            piece.CopyTo(_buffer[_length..]);
            _length += piece.Length;
        }

        public void Word(scoped ReadOnlySpan<char> piece)
        {
            Copy(piece);
            _afterIn = piece.Equals("IN", StringComparison.OrdinalIgnoreCase);
            _lastLiteral = -1;
        }

        public void Symbol(char symbol)
        {
            if (symbol == '(') _inList = _afterIn;
            if (symbol == ')') _inList = false;
            if (symbol != ',') _lastLiteral = -1;
            _afterIn = false;
            Copy([symbol]);
        }

        /// <summary>Of the literals of an IN list one stays, or each length of the list would be another statement.</summary>
        public void Literal()
        {
            if (_inList && _lastLiteral >= 0) _length = _lastLiteral;
            else Copy("?");
            _lastLiteral = _length;
            _afterIn = false;
        }
    }
}
