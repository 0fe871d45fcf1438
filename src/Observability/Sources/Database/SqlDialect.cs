namespace Observability.Sources.Database;

/// <summary>What the marks of SQL mean, where databases differ.</summary>
internal enum SqlDialect
{
    /// <summary>Double quotes hold names. A backslash before a quote may or may not be an escape: see <see cref="SqlScanner"/>.</summary>
    Standard,

    /// <summary>Double quotes hold text, a backslash escapes, <c>#</c> starts a comment.</summary>
    MySql,

    /// <summary>Brackets hold names, <c>$12.50</c> is money.</summary>
    SqlServer,
}
