public static class Goods
{
    public static int Price(int count)
    {
        return count * 2;
    }
}
