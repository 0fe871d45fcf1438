using System.Net;

namespace Shop.Web;

/// <summary>Talks to Shop.Orders. Its client spans, and the headers that carry the trace, are HttpClient's own doing.</summary>
internal sealed class OrdersClient(HttpClient http)
{
    public async Task<PlacedOrder> Place(Basket basket, CancellationToken cancel)
    {
        using var response = await http.PostAsJsonAsync("/orders", new { basket.Item, basket.Quantity }, cancel);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<PlacedOrder>(cancel))!;
    }

    public async Task<IResult> Find(long id, CancellationToken cancel)
    {
        using var response = await http.GetAsync($"/orders/{id}", cancel);
        if (response.StatusCode == HttpStatusCode.NotFound) return Results.NotFound();
        response.EnsureSuccessStatusCode();
        return Results.Ok(await response.Content.ReadFromJsonAsync<PlacedOrder>(cancel));
    }
}
