namespace Shop.Load;

internal sealed record LoadPlan(Uri Address, double Rate, TimeSpan Duration, int SlowPercent, int FailingPercent)
{
    /// <summary>What the n-th shopper buys. Spread by a step that is coprime to 100, so that every hundred has the exact mix.</summary>
    public string ItemOf(int n)
    {
        var place = n * 37 % 100;
        return place < SlowPercent ? "handmade-teapot" : place < SlowPercent + FailingPercent ? "gift-card" : "tea";
    }
}
