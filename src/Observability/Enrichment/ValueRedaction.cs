using Observability.Sources.Database;

namespace Observability.Enrichment;

/// <summary>Which attributes hold secrets by their kind, and what of them may stay.</summary>
internal sealed class ValueRedaction(bool keepQueryValues, bool keepSqlLiterals)
{
    private readonly SqlStatements _statements = new();

    /// <summary>The very same value when there is nothing to hide.</summary>
    public object? Apply(string name, object? value, string? system) => value is string text ? Hide(name, text, system) : IsHidden(name) ? HideWritten(name, value, system) : value;

    private object? HideWritten(string name, object? value, string? system) => WrittenText.Change(value, text => Hide(name, text, system));

    private string Hide(string name, string text, string? system) => name switch
    {
        "url.full" or "http.url" or "http.target" when !keepQueryValues => QueryRedaction.Url(text),
        "url.query" when !keepQueryValues => QueryRedaction.Query(text),
        "db.query.text" or "db.statement" when !keepSqlLiterals => _statements.Read(text, SqlStatements.DialectOf(system)).Text,
        _ => text,
    };

    private static bool IsHidden(string name) => name is "url.full" or "http.url" or "http.target" or "url.query" || IsSql(name);

    /// <summary>Whether the attribute's text is SQL, to read which one must know the database.</summary>
    public static bool IsSql(string name) => name is "db.query.text" or "db.statement";
}
