using System.Net;
using System.Net.Http.Json;

namespace Shop.Load;

/// <summary>Sends checkouts at a steady rate without waiting for the slow ones.</summary>
internal static class Shoppers
{
    public static async Task<LoadResult> Run(LoadPlan plan)
    {
        using var http = new HttpClient { BaseAddress = plan.Address, Timeout = TimeSpan.FromSeconds(10) };
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / plan.Rate));
        var count = Math.Max(1, (int)(plan.Rate * plan.Duration.TotalSeconds));
        var checkouts = new List<Task<Outcome>>(count);
        for (var n = 0; n < count && await timer.WaitForNextTickAsync(); n++) checkouts.Add(Buy(http, plan.ItemOf(n), n));
        var outcomes = await Task.WhenAll(checkouts);
        return new LoadResult(count, outcomes.Count(o => o == Outcome.Accepted), outcomes.Count(o => o == Outcome.Failed), outcomes.Count(o => o == Outcome.Unexpected));
    }

    private static async Task<Outcome> Buy(HttpClient http, string item, int n)
    {
        try
        {
            using var response = await http.PostAsJsonAsync("/checkout", new { item, quantity = n % 3 + 1, tier = n % 4 == 0 ? "gold" : "regular" });
            var planned = item == "gift-card" ? HttpStatusCode.BadGateway : HttpStatusCode.OK;
            return response.StatusCode != planned ? Outcome.Unexpected : item == "gift-card" ? Outcome.Failed : Outcome.Accepted;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return Outcome.Unexpected;
        }
    }
}
