using Npgsql;

namespace Libraries;

internal static class PostgresWork
{
    public static async Task Run(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using (var create = source.CreateCommand("CREATE TABLE IF NOT EXISTS orders (id int, customer text)")) await create.ExecuteNonQueryAsync();
        await using (var insert = source.CreateCommand("INSERT INTO orders VALUES (7, 'Jane Roe')")) await insert.ExecuteNonQueryAsync();
        await using var failing = source.CreateCommand("SELECT * FROM no_such_table");
        try
        {
            await failing.ExecuteNonQueryAsync();
        }
        catch (PostgresException)
        {
            // The failed span is what the test is about.
        }
    }
}
