using Microsoft.Data.SqlClient;

namespace Libraries;

internal static class SqlServerWork
{
    public static async Task Run(string connectionString)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var insert = new SqlCommand("INSERT INTO orders VALUES (7, 'Jane Roe')", connection)) await insert.ExecuteNonQueryAsync();
        await using var failing = new SqlCommand("SELECT * FROM no_such_table", connection);
        try
        {
            await failing.ExecuteNonQueryAsync();
        }
        catch (SqlException)
        {
            // The failed span is what the test is about.
        }
    }
}
