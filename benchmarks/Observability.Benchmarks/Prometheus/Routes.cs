namespace Observability.Benchmarks.Prometheus;

/// <summary>Label values that an application keeps and hands out again, as routing does.</summary>
internal static class Routes
{
    private static readonly List<string> Known = [];
    private static readonly object[] Statuses = ["200", "404", "429", "500"];

    public static string Of(int number)
    {
        while (Known.Count <= number) Known.Add($"/api/v1/tenants/{Known.Count * 7919 % 10007}/orders");
        return Known[number];
    }

    public static object Status(int number) => Statuses[number];
}
