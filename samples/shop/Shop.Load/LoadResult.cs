namespace Shop.Load;

internal sealed record LoadResult(int Sent, int Accepted, int Failed, int Unexpected)
{
    public override string ToString() => $"{Sent} checkouts: {Accepted} accepted, {Failed} failed as planned, {Unexpected} unexpected";
}
