using System.Diagnostics.Metrics;
using Shop.Data;

namespace Shop.Orders;

internal sealed class OrderMetrics
{
    private readonly Counter<long> _pieces;
    private readonly Histogram<double> _value;

    public OrderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Shop.Orders");
        _pieces = meter.CreateCounter<long>("shop.order.pieces", "{piece}", "Pieces that were ordered.");
        _value = meter.CreateHistogram("shop.order.value", "EUR", "What orders are worth.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [5, 10, 25, 50, 100, 250, 500],
        });
    }

    public void Placed(Order order)
    {
        _pieces.Add(order.Quantity);
        _value.Record((double)order.Price);
    }
}
