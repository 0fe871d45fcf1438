namespace WebApi;

internal sealed class Throwing
{
    public override string ToString() => throw new InvalidOperationException("ToString threw");
}
