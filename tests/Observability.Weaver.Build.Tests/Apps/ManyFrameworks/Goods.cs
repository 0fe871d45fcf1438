using Observability;

public static class Goods
{
    public static int Price(int count)
    {
        return Rounded(count * 2);
    }

    [Traced("round {method}", Tags = new[] { "amount" })]
    private static int Rounded(in int amount)
    {
        return amount;
    }
}
