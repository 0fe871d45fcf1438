namespace Shop.Orders;

internal sealed class PaymentDeclinedException(string message) : Exception(message);
