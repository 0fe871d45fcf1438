using System;
using Npgsql;
using NpgsqlTypes;

/// <summary>What Npgsql does without a server: connection strings, commands, types, and a refused connection.</summary>
public static class Use
{
    public static string Run()
    {
        var builder = new NpgsqlConnectionStringBuilder("Host=127.0.0.1;Port=1;Username=u;Password=p;Database=d;Timeout=5;Maximum Pool Size=2;SSL Mode=Disable");
        var text = builder.ConnectionString + builder.Host + builder.Port;
        using var command = new NpgsqlCommand("select @a, @b");
        command.Parameters.AddWithValue("a", 1);
        command.Parameters.Add(new NpgsqlParameter<string>("b", NpgsqlDbType.Text) { TypedValue = "x" });
        // The source comes first: what a parameter says of its type before any exists depends on when the runtime initializes Npgsql's statics.
        using var source = NpgsqlDataSource.Create(builder);
        text += command.Parameters.Count + command.Parameters["a"].NpgsqlDbType.ToString();
        try { using var connection = source.OpenConnection(); } catch (NpgsqlException fault) { text += fault.GetType().Name + fault.InnerException?.GetType().Name; }
        try { using var connection = source.OpenConnectionAsync().AsTask().GetAwaiter().GetResult(); } catch (NpgsqlException fault) { text += fault.GetType().Name + fault.IsTransient; }
        try { _ = new NpgsqlConnectionStringBuilder("nonsense=1"); } catch (ArgumentException fault) { text += fault.Message; }
        return text + new NpgsqlPoint(1, 2) + new NpgsqlRange<int>(1, true, 5, false) + NpgsqlTsVector.Parse("a:1 b:2");
    }
}
