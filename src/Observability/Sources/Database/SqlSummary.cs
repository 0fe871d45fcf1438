using System.Text;

namespace Observability.Sources.Database;

/// <summary>
/// Follows a statement's words and notes its operations and their targets, as the conventions' <c>db.query.summary</c> wants: at most 255 characters,
/// cut between words.
/// </summary>
internal sealed class SqlSummary
{
    private const int Longest = 255;
    private static readonly string[] Operations =
        ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "CREATE", "ALTER", "DROP", "TRUNCATE", "EXEC", "EXECUTE", "CALL", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET", "SHOW", "EXPLAIN", "VACUUM", "COPY"];
    private static readonly string[] ObjectKinds = ["TABLE", "INDEX", "VIEW", "DATABASE", "SCHEMA", "PROCEDURE", "FUNCTION", "TRIGGER", "SEQUENCE"];
    private static readonly string[] Qualifiers = ["IF", "NOT", "EXISTS", "ONLY", "LATERAL", "UNIQUE", "TEMP", "TEMPORARY", "OR", "REPLACE", "IGNORE"];

    private readonly StringBuilder _text = new();
    private bool _wantsTarget;
    private bool _wantsKind;
    private bool _inTarget;
    private bool _full;

    public string? Operation { get; private set; }

    public override string? ToString() => _text.Length == 0 ? null : _text.ToString();

    public void Symbol(char symbol)
    {
        _inTarget = symbol == '.' && _inTarget;
        if (_inTarget) Append('.');
        // FROM (SELECT …): the target is what the inner statement reads.
        if (symbol == '(') _wantsTarget = false;
    }

    public void Name(ReadOnlySpan<char> quoted) => Target(quoted.Length > 2 ? quoted[1..^1] : quoted);

    public void Word(ReadOnlySpan<char> word)
    {
        if (_inTarget && _text.Length > 0 && _text[^1] == '.')
        {
            Target(word);
            return;
        }
        _inTarget = false;
        if (Among(Qualifiers, word) is not null && (_wantsTarget || _wantsKind)) return;
        if (_wantsKind && Among(ObjectKinds, word) is { } kind)
        {
            Add(kind);
            (_wantsKind, _wantsTarget) = (false, true);
        }
        else if (_wantsTarget) Target(word);
        else if (Among(Operations, word) is { } operation) Start(operation);
        else if (Is(word, "FROM") || Is(word, "JOIN") || Is(word, "INTO") || Is(word, "USING")) _wantsTarget = Operation is not null;
    }

    private void Start(string operation)
    {
        // ON UPDATE, FOR UPDATE, UPDATE … SET: part of the operation that has begun.
        if (Operation is not null && operation is "SET" or "REPLACE" || (Operation is "CREATE" or "ALTER" && operation is not "SELECT")) return;
        Operation ??= operation;
        Add(operation);
        _wantsTarget = operation is "UPDATE" or "EXEC" or "EXECUTE" or "CALL" or "TRUNCATE" or "PRAGMA" or "COPY" or "MERGE";
        _wantsKind = operation is "CREATE" or "ALTER" or "DROP" or "TRUNCATE";
        if (operation == "TRUNCATE") _wantsTarget = false;
    }

    private void Target(ReadOnlySpan<char> name)
    {
        if (_inTarget && _text.Length > 0 && _text[^1] == '.') Append(name);
        else if (_wantsTarget && Is(name, "INTO")) return;
        else if (_wantsTarget) Add(name);
        else return;
        (_wantsTarget, _inTarget) = (false, true);
    }

    private void Add(ReadOnlySpan<char> word)
    {
        _full |= _text.Length + word.Length + 1 > Longest;
        if (_full) return;
        if (_text.Length > 0) _text.Append(' ');
        _text.Append(word);
    }

    private void Append(ReadOnlySpan<char> part)
    {
        _full |= _text.Length + part.Length > Longest;
        if (!_full) _text.Append(part);
    }

    private void Append(char part) => Append([part]);

    private static string? Among(string[] words, ReadOnlySpan<char> word)
    {
        foreach (var candidate in words)
            if (Is(word, candidate)) return candidate;
        return null;
    }

    private static bool Is(ReadOnlySpan<char> word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);
}
