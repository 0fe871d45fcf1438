using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Libraries;

internal static class RabbitWork
{
    public static async Task Run(string address)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var queue = (await channel.QueueDeclareAsync("orders", durable: false, exclusive: false, autoDelete: true)).QueueName;
        var received = new TaskCompletionSource();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, _) =>
        {
            received.TrySetResult();
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        await channel.BasicPublishAsync("", queue, "order 7"u8.ToArray());
        await received.Task.WaitAsync(TimeSpan.FromSeconds(90));
    }
}
