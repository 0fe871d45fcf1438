using Observability.Sources.Database;

namespace Observability.Tests.Sources.Database;

public class SqlSanitizerTests
{
    [Theory]
    [InlineData("SELECT * FROM t", "SELECT * FROM t")]
    [InlineData("SELECT * FROM t WHERE a = 'x' AND b = 12.5e-3 AND c = -1", "SELECT * FROM t WHERE a = ? AND b = ? AND c = -?")]
    [InlineData("SELECT 'it''s', N'x', E'a\\'b', x'FF', 0xFF, .5", "SELECT ?, ?, ?, ?, ?, ?")]
    [InlineData("SELECT $1, @p0, :name, ?, a::int", "SELECT $1, @p0, :name, ?, a::int")]
    [InlineData("SELECT $$se'cret$$, $tag$x$$y$tag$ FROM t", "SELECT ?, ? FROM t")]
    [InlineData("SELECT t1.c2 FROM \"My 'Table'\" AS t1", "SELECT t1.c2 FROM \"My 'Table'\" AS t1")]
    [InlineData("SELECT 1 -- secret\nFROM t /* se'cret */ WHERE a=1", "SELECT ?  \nFROM t   WHERE a=?")]
    [InlineData("SELECT * FROM t WHERE a IN (1, 2,3) AND b IN ('x','y') AND c in (@a, 1)", "SELECT * FROM t WHERE a IN (?) AND b IN (?) AND c in (@a, ?)")]
    [InlineData("INSERT INTO t VALUES (1, 'x')", "INSERT INTO t VALUES (?, ?)")]
    [InlineData("SELECT DATE'2026-01-01'", "SELECT DATE?")]
    [InlineData("SELECT 'open", "SELECT ?")]
    [InlineData("SELECT 'a\\' , 'secret'", "SELECT ?")]
    [InlineData("SELECT q'[it's secret]', 1", "SELECT ?")]
    [InlineData("SELECT /* /* */ secret */ 1", "SELECT ?")]
    [InlineData("", "")]
    public void Literals_and_comments_are_hidden(string sql, string expected) => Assert.Equal(expected, SqlSanitizer.Read(sql, SqlDialect.Standard).Text);

    [Theory]
    [InlineData("SELECT \"text\", 'a\\'b', `name` # secret\nFROM t", "SELECT ?, ?, `name`  \nFROM t")]
    public void MySQL_escapes_and_quotes_in_its_own_way(string sql, string expected) => Assert.Equal(expected, SqlSanitizer.Read(sql, SqlDialect.MySql).Text);

    [Theory]
    [InlineData("SELECT [O'Brien] FROM #temp WHERE a = $12.50 AND b = 'x'", "SELECT [O'Brien] FROM #temp WHERE a = ? AND b = ?")]
    public void SQL_Server_has_brackets_and_money(string sql, string expected) => Assert.Equal(expected, SqlSanitizer.Read(sql, SqlDialect.SqlServer).Text);

    [Theory]
    [InlineData("SELECT * FROM orders WHERE id = 1", "SELECT orders")]
    [InlineData("SELECT * FROM \"Orders\" AS o INNER JOIN shop.customers c ON c.id = o.id", "SELECT Orders shop.customers")]
    [InlineData("insert into shop.orders (a) select b from users", "INSERT shop.orders SELECT users")]
    [InlineData("UPDATE orders SET a = 1 WHERE b = 2", "UPDATE orders")]
    [InlineData("DELETE FROM orders", "DELETE orders")]
    [InlineData("CREATE TABLE IF NOT EXISTS \"orders\" (id int)", "CREATE TABLE orders")]
    [InlineData("DROP INDEX ix_a", "DROP INDEX ix_a")]
    [InlineData("SELECT * FROM (SELECT * FROM orders) x", "SELECT SELECT orders")]
    [InlineData("EXEC dbo.place_order @a = 1", "EXEC dbo.place_order")]
    [InlineData("SELECT 1", "SELECT")]
    [InlineData("BEGIN", "BEGIN")]
    [InlineData("nonsense 'x'", null)]
    public void A_statement_is_summarised_by_its_operations_and_targets(string sql, string? summary) => Assert.Equal(summary, SqlSanitizer.Read(sql, SqlDialect.Standard).Summary);

    [Fact]
    public void What_needs_no_change_is_the_same_string()
    {
        const string Sql = "SELECT a FROM t WHERE b = @p0";
        Assert.Same(Sql, SqlSanitizer.Read(Sql, SqlDialect.Standard).Text);
    }

    [Fact]
    public void Statements_of_any_size_are_bounded()
    {
        var statement = SqlSanitizer.Read("SELECT " + string.Concat(Enumerable.Repeat("a.b, ", 1_000_000)) + " 1", SqlDialect.Standard);
        Assert.InRange(statement.Text.Length, 1, SqlSanitizer.Longest);
        var summary = SqlSanitizer.Read(string.Concat(Enumerable.Repeat("SELECT * FROM orders;", 500)), SqlDialect.Standard).Summary!;
        Assert.InRange(summary.Length, 200, 255);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void No_literal_survives_in_statements_made_of_well_formed_pieces(int seed)
    {
        var random = new Random(seed);
        string[] pieces = ["SELECT ", " FROM t ", "'s3cret'", "'a''s3cret'", "E'x\\'s3cret'", "$$s3cret$$", "$q$ s3cret ' $q$", "-- s3cret\n", "/* s3cret */", "\"name\"", "(", ")", ", ", " IN ", "@p", "'\\'"];
        for (var round = 0; round < 20_000; round++)
        {
            var sql = string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var text = SqlSanitizer.Read(sql, SqlDialect.Standard).Text;
            Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
            Assert.Equal(text, SqlSanitizer.Read(text, SqlDialect.Standard).Text);
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void No_text_throws_or_grows(int seed)
    {
        var random = new Random(seed);
        const string Alphabet = "aEqN'\"`[]()$#-*/\\ \n.,;:@0123\ud800é";
        for (var round = 0; round < 30_000; round++)
        {
            var sql = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            foreach (var dialect in Enum.GetValues<SqlDialect>()) Assert.InRange(SqlSanitizer.Read(sql, dialect).Text.Length, 0, sql.Length);
        }
    }

    [Fact]
    public void The_memory_of_statements_is_bounded_and_a_known_one_costs_nothing()
    {
        var statements = new SqlStatements();
        for (var i = 0; i < 5_000; i++) statements.Read($"SELECT {i}", SqlDialect.Standard);
        Assert.InRange(statements.Count(SqlDialect.Standard), 1, 1_001);
        statements.Read("SELECT 1 FROM t", SqlDialect.MySql);
        var before = GC.GetAllocatedBytesForCurrentThread();
        statements.Read("SELECT 1 FROM t", SqlDialect.MySql);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
