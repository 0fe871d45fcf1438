using System.Diagnostics;

namespace Shop.Web;

internal sealed class Checkout(OrdersClient orders, CheckoutMetrics metrics, ILogger<Checkout> log)
{
    // Heard without being named anywhere: AddObservability() listens to the application's own sources.
    private static readonly ActivitySource Source = new("Shop.Web");

    public async Task<IResult> Run(Basket basket, CancellationToken cancel)
    {
        // Baggage travels with the trace, so that the worker, two processes on, knows the tier.
        Activity.Current?.SetBaggage("shop.customer.tier", basket.Tier);

        using var span = Source.StartActivity("checkout");
        span?.SetTag("shop.item", basket.Item).SetTag("shop.quantity", basket.Quantity);
        using var measurement = metrics.Start(basket.Item);
        try
        {
            if (basket.Quantity is < 1 or > 100) return Refused(basket, span);
            span?.AddEvent(new ActivityEvent("basket.checked"));
            var order = await orders.Place(basket, cancel);
            span?.SetTag("shop.order.id", order.Id);
            measurement.Outcome = "accepted";
            CheckoutLog.Accepted(log, order.Quantity, order.Item, order.Id);
            return Results.Ok(order);
        }
        catch (HttpRequestException failure)
        {
            // An exception that is handled here ends in nobody else's span: record it where it is known.
            span?.AddException(failure).SetStatus(ActivityStatusCode.Error, "the order service refused");
            CheckoutLog.Failed(log, failure, basket.Quantity, basket.Item);
            return Results.Problem("The order could not be placed.", statusCode: StatusCodes.Status502BadGateway);
        }
    }

    private IResult Refused(Basket basket, Activity? span)
    {
        // The caller's mistake, not this service's: no error status.
        span?.AddEvent(new ActivityEvent("basket.refused"));
        CheckoutLog.Refused(log, basket.Quantity);
        return Results.Problem("Order between 1 and 100 pieces.", statusCode: StatusCodes.Status400BadRequest);
    }
}
