using System;
using System.Threading;
using System.Threading.Tasks;
using Confluent.Kafka;

/// <summary>With the broker that librdkafka itself brings for tests.</summary>
public static class Use
{
    public static string Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<string> RunAsync()
    {
        var settings = new ProducerConfig { BootstrapServers = "127.0.0.1:1" };
        settings.Set("test.mock.num.brokers", "1");
        using var producer = new ProducerBuilder<string, string>(settings).SetLogHandler((_, _) => { }).Build();
        var sent = await producer.ProduceAsync("orders", new Message<string, string> { Key = "k", Value = "v" });
        var delivered = new TaskCompletionSource<string>();
        producer.Produce("orders", new Message<string, string> { Key = "k", Value = "v" }, report => delivered.SetResult(report.Topic));
        producer.Flush(TimeSpan.FromSeconds(90));
        var reading = new ConsumerConfig { BootstrapServers = "127.0.0.1:1", GroupId = "g", AllowAutoCreateTopics = true };
        reading.Set("test.mock.num.brokers", "1");
        using var consumer = new ConsumerBuilder<string, string>(reading).SetLogHandler((_, _) => { }).Build();
        // Subscribed to nothing: its broker is another than the producer's, and when that one knows a topic is its own affair.
        var found = consumer.Consume(TimeSpan.FromMilliseconds(50));
        return $"{sent.Topic} {await delivered.Task} {(found is null ? "nothing" : found.Topic)}";
    }
}
