namespace Shop.Load;

internal enum Outcome
{
    Accepted,
    Failed,
    Unexpected,
}
