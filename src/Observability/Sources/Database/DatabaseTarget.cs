using System.Data.Common;
using System.Globalization;

namespace Observability.Sources.Database;

/// <summary>Which database a connection goes to, by the conventions' attributes.</summary>
/// <param name="System"><c>db.system.name</c>.</param>
/// <param name="Namespace"><c>db.namespace</c>: the database's name.</param>
/// <param name="Address"><c>server.address</c>; null for a database in a file.</param>
/// <param name="Port"><c>server.port</c>, when it is not the system's usual one.</param>
internal sealed record DatabaseTarget(string System, string? Namespace, string? Address, int? Port)
{
    public SqlDialect Dialect { get; } = SqlStatements.DialectOf(System);

    public static DatabaseTarget Of(DbConnection? connection, Type command)
    {
        var system = SystemOf(command.FullName ?? "");
        var database = connection?.Database;
        var (address, port) = system == "sqlite" ? (null, null) : Server(connection?.DataSource);
        return new DatabaseTarget(system, string.IsNullOrEmpty(database) ? null : database, address, port);
    }

    private static string SystemOf(string command) => command.Split('.') switch
    {
        ["Microsoft" or "System", "Data", "SqlClient", ..] => "microsoft.sql_server",
        ["Microsoft", "Data", "Sqlite", ..] or ["System", "Data", "SQLite", ..] => "sqlite",
        ["Npgsql", ..] => "postgresql",
        ["MySqlConnector", ..] or ["MySql", ..] => "mysql",
        ["Oracle", ..] => "oracle.db",
        ["FirebirdSql", ..] => "firebirdsql",
        ["IBM", ..] => "ibm.db2",
        _ => "other_sql",
    };

    /// <summary><c>host</c>, <c>tcp:host,1433</c>, <c>host\instance</c>, <c>host:5432</c>, <c>tcp://host:5432</c>; brackets around IPv6.</summary>
    private static (string? Address, int? Port) Server(string? source)
    {
        if (string.IsNullOrWhiteSpace(source)) return (null, null);
        var text = source.Trim();
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0) return (uri.Host.Trim('[', ']'), uri.Port > 0 ? uri.Port : null);
        if (text.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase)) text = text[4..];
        var instance = text.IndexOf('\\', StringComparison.Ordinal);
        var separator = text.LastIndexOf(',') is var comma and >= 0 ? comma : text.Count(c => c == ':') == 1 ? text.IndexOf(':', StringComparison.Ordinal) : -1;
        int? port = separator > 0 && int.TryParse(text.AsSpan(separator + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var end = instance > 0 ? instance : port is null ? text.Length : separator;
        return (text[..end].Trim('[', ']', ' '), port);
    }
}
