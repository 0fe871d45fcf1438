using System;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

public static class Use
{
    public static string Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<string> RunAsync()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        connection.CreateFunction("twice", (int n) => n * 2);
        using (var transaction = connection.BeginTransaction())
        {
            using var create = connection.CreateCommand();
            create.CommandText = "create table orders (id integer primary key, name text, price real, data blob)";
            create.ExecuteNonQuery();
            create.CommandText = "insert into orders (name, price, data) values ($name, $price, $data)";
            create.Parameters.AddWithValue("$name", "müsli");
            create.Parameters.AddWithValue("$price", 2.5);
            create.Parameters.AddWithValue("$data", new byte[] { 1, 2 });
            for (var i = 0; i < 3; i++) create.ExecuteNonQuery();
            transaction.Commit();
        }
        using var query = connection.CreateCommand();
        query.CommandText = "select id, name, twice(id), data from orders where price > 1; select count(*) from orders";
        var text = "";
        using (var reader = await query.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) text += $"{reader.GetInt32(0)} {reader["name"]} {reader.GetInt64(2)} {reader.GetFieldValue<byte[]>(3).Length}\n";
            text += reader.NextResult() && reader.Read() ? reader.GetInt32(0) : -1;
        }
        query.CommandText = "select wrong";
        try { query.ExecuteScalar(); } catch (SqliteException fault) { text += fault.Message + fault.SqliteErrorCode; }
        return text;
    }
}
