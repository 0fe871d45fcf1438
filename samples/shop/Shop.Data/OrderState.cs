namespace Shop.Data;

public enum OrderState
{
    Accepted,
    Packed,
}
