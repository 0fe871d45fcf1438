using System.Diagnostics;

namespace Shop.Orders;

/// <summary>Takes the money, and the failing path: gift cards are not accepted by the bank.</summary>
internal sealed class Payments
{
    public void Charge(string item, decimal amount)
    {
        using var span = OrderDesk.Source.StartActivity("charge payment");
        span?.SetTag("shop.payment.amount", (double)amount).SetTag("shop.payment.currency", "EUR");
        try
        {
            if (item == "gift-card") throw new PaymentDeclinedException("The bank declined: gift cards cannot be bought with a gift card.");
            span?.AddEvent(new ActivityEvent("payment.charged"));
        }
        catch (PaymentDeclinedException declined)
        {
            // The event carries type, message and stack; the status is what makes the span a failed one.
            span?.AddException(declined).SetStatus(ActivityStatusCode.Error, declined.Message);
            throw;
        }
    }
}
