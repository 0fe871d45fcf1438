using System.Threading.Tasks;
using StackExchange.Redis;

public static class Use
{
    public static string Run(int port) => RunAsync(port).GetAwaiter().GetResult();

    private static async Task<string> RunAsync(int port)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:" + port);
        var database = connection.GetDatabase();
        await database.StringSetAsync("name", "value");
        var text = database.StringGet("name") + " " + await database.StringIncrementAsync("count") + " ";
        try { database.StringIncrement("name"); } catch (RedisServerException) { text += "RedisServerException"; }
        return text;
    }
}
