using MassTransit;

namespace Libraries;

internal static class MassTransitWork
{
    public static async Task Run(string address)
    {
        var received = new TaskCompletionSource();
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(address));
            rabbit.ReceiveEndpoint("shop", endpoint => endpoint.Handler<OrderPlaced>(_ =>
            {
                received.TrySetResult();
                return Task.CompletedTask;
            }));
        });
        await bus.StartAsync();
        await bus.Publish(new OrderPlaced(7));
        await received.Task.WaitAsync(TimeSpan.FromSeconds(90));
        await bus.StopAsync();
    }
}
