using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Data;

public static class ShopDatabaseSetup
{
    /// <summary>
    /// Sqlite in a file that the processes share, unless <c>Database:Provider</c> is <c>postgresql</c>;
    /// <c>ConnectionStrings:Shop</c> says where.
    /// </summary>
    public static IServiceCollection AddShopDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var provider = configuration["Database:Provider"] ?? "sqlite";
        var connection = configuration.GetConnectionString("Shop");
        return services.AddDbContext<ShopDatabase>(options => _ = provider switch
        {
            "sqlite" => options.UseSqlite(connection ?? "Data Source=" + Path.Combine(Path.GetTempPath(), "observability-shop.db")),
            "postgresql" => options.UseNpgsql(connection ?? "Host=localhost;Database=shop;Username=shop;Password=shop"),
            _ => throw new InvalidOperationException($"Database:Provider is '{provider}': set it to sqlite or postgresql."),
        });
    }
}
