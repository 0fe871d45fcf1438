using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Libraries;

internal static class SqliteWork
{
    public static async Task Run()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var shop = new Shop(new DbContextOptionsBuilder<Shop>().UseSqlite(connection).Options);
        await shop.Database.EnsureCreatedAsync();
        shop.Orders.Add(new Order { Customer = "Jane Roe" });
        await shop.SaveChangesAsync();
        _ = await shop.Orders.CountAsync(order => order.Customer == "Jane Roe");
    }

    internal sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        public DbSet<Order> Orders => Set<Order>();
    }

    internal sealed class Order
    {
        public int Id { get; set; }
        public string Customer { get; set; } = "";
    }
}
