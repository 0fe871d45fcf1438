using System.Buffers;

namespace Observability.Sources.Database;

/// <summary>
/// Cuts SQL into pieces in one pass, without allocation. It parses nothing: it only knows where values begin and end, and when it does not
/// know for sure, everything that follows counts as a value.
/// </summary>
internal ref struct SqlScanner(ReadOnlySpan<char> text, SqlDialect dialect)
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\f\v");
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public bool Next(out SqlTokenKind kind, out Range range)
    {
        var start = _at;
        if (start >= _text.Length)
        {
            (kind, range) = (default, default);
            return false;
        }
        kind = Scan();
        if (kind == SqlTokenKind.Unsure) _at = _text.Length;
        range = start.._at;
        return true;
    }

    private readonly char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private SqlTokenKind Scan()
    {
        var c = Peek();
        if (Blanks.Contains(c)) return Take(SqlTokenKind.Space, Blanks);
        if (c == '-' && Peek(1) == '-') return LineComment();
        if (c == '#' && dialect == SqlDialect.MySql) return LineComment();
        if (c == '/' && Peek(1) == '*') return BlockComment();
        if (c == '\'') return Quoted(SqlTokenKind.Literal, '\'', escapes: dialect == SqlDialect.MySql);
        if (c == '"') return dialect == SqlDialect.MySql ? Quoted(SqlTokenKind.Literal, '"', escapes: true) : Quoted(SqlTokenKind.QuotedName, '"', escapes: false);
        if (c == '`') return Quoted(SqlTokenKind.QuotedName, '`', escapes: false);
        if (c == '[' && dialect == SqlDialect.SqlServer) return Quoted(SqlTokenKind.QuotedName, ']', escapes: false);
        if (c == '$') return Dollar();
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) return Number();
        if (IsWord(c) || (c is '@' or ':' or '#' && IsWord(Peek(1))) || (c == '@' && Peek(1) == '@')) return Word();
        _at++;
        return SqlTokenKind.Symbol;
    }

    private SqlTokenKind Word()
    {
        var start = _at++;
        while (_at < _text.Length && (IsWord(_text[_at]) || _text[_at] is '$' or '#' or '@')) _at++;
        if (Peek() != '\'') return SqlTokenKind.Word;
        // A prefix of the text that follows: E'…' escapes, q'[…]' chooses its own marks, the others change nothing about its end.
        var prefix = _text[start.._at];
        if (prefix.Equals("q", StringComparison.OrdinalIgnoreCase) || prefix.Equals("nq", StringComparison.OrdinalIgnoreCase)) return SqlTokenKind.Unsure;
        if (prefix.Equals("e", StringComparison.OrdinalIgnoreCase)) return Quoted(SqlTokenKind.Literal, '\'', escapes: true);
        return prefix.Length == 1 ? Quoted(SqlTokenKind.Literal, '\'', escapes: dialect == SqlDialect.MySql) : SqlTokenKind.Word;
    }

    /// <summary>A quote within is doubled, or escaped where the dialect escapes. An end that is missing makes all of it a value.</summary>
    private SqlTokenKind Quoted(SqlTokenKind kind, char end, bool escapes)
    {
        for (_at++; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == '\\' && escapes)
            {
                _at++;
                continue;
            }
            // Standard SQL ends the text here, MySQL goes on: what follows would be read as code in one of the two.
            if (c == '\\' && kind == SqlTokenKind.Literal && dialect == SqlDialect.Standard && Peek(1) == end) return SqlTokenKind.Unsure;
            if (c != end) continue;
            if (Peek(1) != end)
            {
                _at++;
                return kind;
            }
            _at++;
        }
        _at = _text.Length;
        return SqlTokenKind.Unsure;
    }

    /// <summary><c>$1</c> is a parameter (money for SQL Server), <c>$tag$…$tag$</c> is text.</summary>
    private SqlTokenKind Dollar()
    {
        if (char.IsAsciiDigit(Peek(1)) || (Peek(1) == '.' && dialect == SqlDialect.SqlServer))
        {
            _at++;
            if (dialect == SqlDialect.SqlServer) return Number();
            while (char.IsAsciiDigit(Peek())) _at++;
            return SqlTokenKind.Word;
        }
        var tag = 1;
        while (IsWord(Peek(tag))) tag++;
        if (Peek(tag) != '$') return Word();
        var mark = _text.Slice(_at, tag + 1);
        var length = _text[(_at + mark.Length)..].IndexOf(mark);
        if (length < 0) return SqlTokenKind.Unsure;
        _at += length + (2 * mark.Length);
        return SqlTokenKind.Literal;
    }

    private SqlTokenKind Number()
    {
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '.' or '_'))
        {
            var exponent = _text[_at] is 'e' or 'E' && Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2));
            _at += exponent ? 2 : 1;
        }
        return SqlTokenKind.Literal;
    }

    private SqlTokenKind LineComment()
    {
        var length = _text[_at..].IndexOf('\n');
        _at = length < 0 ? _text.Length : _at + length;
        return SqlTokenKind.Comment;
    }

    /// <summary>PostgreSQL and SQL Server nest comments, the others do not: a comment within a comment can be read in two ways.</summary>
    private SqlTokenKind BlockComment()
    {
        var rest = _text[(_at + 2)..];
        var length = rest.IndexOf("*/");
        if (length < 0 || rest[..length].Contains("/*", StringComparison.Ordinal)) return SqlTokenKind.Unsure;
        _at += length + 4;
        return SqlTokenKind.Comment;
    }

    private SqlTokenKind Take(SqlTokenKind kind, SearchValues<char> characters)
    {
        var length = _text[_at..].IndexOfAnyExcept(characters);
        _at = length < 0 ? _text.Length : _at + length;
        return kind;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_' || char.IsSurrogate(c);
}
