using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Observability.Sources.Database;

namespace Observability.Tests.Sources.Database;

public class DatabaseTargetTests
{
    [Theory]
    [InlineData("db", "db", null)]
    [InlineData("tcp:db,1433", "db", 1433)]
    [InlineData("db\\sales", "db", null)]
    [InlineData("db\\sales,1444", "db", 1444)]
    [InlineData("tcp://db:5432", "db", 5432)]
    [InlineData("db:3306", "db", 3306)]
    [InlineData("::1", "::1", null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void The_server_is_read_from_the_data_source(string? source, string? address, int? port)
    {
        using var connection = new Connection(source);
        var target = DatabaseTarget.Of(connection, typeof(Connection));
        Assert.Equal((address, port, "sales", "other_sql"), (target.Address, target.Port, target.Namespace, target.System));
    }

    [Fact]
    public void A_file_is_no_server()
    {
        using var connection = new SqliteConnection("Data Source=shop.db");
        Assert.Equal(new DatabaseTarget("sqlite", "main", null, null), DatabaseTarget.Of(connection, typeof(SqliteCommand)));
    }

    private sealed class Connection(string? source) : DbConnection
    {
        [AllowNull]
        public override string ConnectionString { get => ""; set => throw new NotSupportedException(); }

        public override string Database => "sales";
        public override string DataSource => source!;
        public override string ServerVersion => "";
        public override ConnectionState State => ConnectionState.Closed;
        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();
        public override void Close() => throw new NotSupportedException();
        public override void Open() => throw new NotSupportedException();
        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();
        protected override DbCommand CreateDbCommand() => throw new NotSupportedException();
    }
}
