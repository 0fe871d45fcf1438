using System.Collections.Concurrent;

namespace Observability.Sources.Database;

/// <summary>
/// Remembers the statements that were read: an application has few. At most 1,000 a dialect, of at most 4,096 characters each, are kept; an application that
/// writes its values into the text fills that again and again, and then it starts anew.
/// </summary>
internal sealed class SqlStatements
{
    private const int MostStatements = 1_000;
    private const int LongestKept = 4_096;
    private readonly ConcurrentDictionary<string, SqlStatement>[] _known = [new(), new(), new()];
    private readonly int[] _counts = new int[3];

    public SqlStatement Read(string text, SqlDialect dialect)
    {
        var known = _known[(int)dialect];
        if (text.Length > LongestKept) return SqlSanitizer.Read(text, dialect);
        if (known.TryGetValue(text, out var statement)) return statement;
        statement = SqlSanitizer.Read(text, dialect);
        if (Interlocked.Increment(ref _counts[(int)dialect]) > MostStatements)
        {
            known.Clear();
            Volatile.Write(ref _counts[(int)dialect], 1);
        }
        known[text] = statement;
        return statement;
    }

    /// <summary>For tests.</summary>
    public int Count(SqlDialect dialect) => _known[(int)dialect].Count;

    /// <summary>The dialect of a <c>db.system.name</c> (or the older <c>db.system</c>).</summary>
    public static SqlDialect DialectOf(string? system) => system switch
    {
        "mysql" or "mariadb" => SqlDialect.MySql,
        "microsoft.sql_server" or "mssql" => SqlDialect.SqlServer,
        _ => SqlDialect.Standard,
    };
}
