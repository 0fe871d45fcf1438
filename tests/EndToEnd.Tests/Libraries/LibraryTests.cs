using EndToEnd.Tests.Apps;
using TestPeers;
using OtlpReceiver;

namespace EndToEnd.Tests.Libraries;

/// <summary>What the libraries themselves emit is heard without being named.</summary>
public class LibraryTests
{
    [SkippableFact]
    public async Task Npgsql_makes_client_spans_whose_SQL_has_no_literals()
    {
        await using var postgres = await PostgresCluster.Start();
        await using var receiver = await Use("npgsql", "TestApp__Postgres", postgres.ConnectionString + ";Pooling=false");

        var work = Assert.Single(receiver.Spans, span => span.Name == "npgsql");
        var spans = Under(receiver, work);
        Assert.All(spans.Where(span => span.Kind == "Client"), span => Assert.Equal("postgresql", span["db.system.name"] ?? span["db.system"]));
        Assert.Contains(spans, span => Text(span).Contains("INSERT INTO orders", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(spans, span => Text(span).Contains("Jane Roe", StringComparison.Ordinal));
        Assert.Contains(spans, span => span.Status == "Error" && span["db.response.status_code"] is "42P01");
    }

    [SkippableFact]
    public async Task EF_Core_over_Sqlite_makes_client_spans()
    {
        await using var receiver = await Use("sqlite");

        var spans = Under(receiver, Assert.Single(receiver.Spans, span => span.Name == "sqlite"));

        Assert.Contains(spans, span => span.Kind == "Client" && span["db.system.name"] is "sqlite" && Text(span).Contains("INSERT INTO", StringComparison.Ordinal));
        Assert.DoesNotContain(spans, span => Text(span).Contains("Jane Roe", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_Quartz_job_makes_a_span()
    {
        await using var receiver = await Use("quartz");

        Assert.Contains(receiver.Spans, span => span.Origin.Scope.Contains("Quartz", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("rabbitmq", "RabbitMQ.Client")]
    [InlineData("masstransit", "MassTransit")]
    public async Task A_message_through_RabbitMQ_is_one_trace_from_the_sender_to_the_receiver(string library, string scope)
    {
        Skip.If(Environment.GetEnvironmentVariable("OBSERVABILITY_SLOW_TESTS") != "1", "starting a broker is slow: OBSERVABILITY_SLOW_TESTS=1 runs it");
        await using var broker = await RabbitBroker.Start();
        await using var receiver = await Use(library, "TestApp__Rabbit", broker.Address.ToString());

        var spans = receiver.Spans.Where(span => span.Origin.Scope.StartsWith(scope, StringComparison.Ordinal)).ToList();
        var sent = spans.Where(span => span.Kind == "Producer").Select(span => span.TraceId).ToHashSet();
        Assert.Contains(spans, span => span.Kind == "Consumer" && (sent.Contains(span.TraceId) || span.Links.Any(link => sent.Contains(link.TraceId))));
        Assert.All(spans.Where(span => span.Kind == "Producer"), span => Assert.Equal("rabbitmq", span["messaging.system"]));
    }

    private static string Text(ReceivedSpan span) => (span["db.query.text"] ?? span["db.statement"]) as string ?? "";

    private static List<ReceivedSpan> Under(Receiver receiver, ReceivedSpan parent) =>
        [.. receiver.Spans.Where(span => span.TraceId == parent.TraceId && span.SpanId != parent.SpanId)];

    /// <summary>Runs the application to its end and returns what it sent.</summary>
    private static async Task<Receiver> Use(string library, string? setting = null, string? value = null)
    {
        var receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(receiver);
        environment["TestApp__Use"] = library;
        if (setting is not null) environment[setting] = value;
        await using var app = RunningApp.Start(TestApp.Of("Libraries"), environment);
        var code = await app.Process.WaitForExit(TimeSpan.FromSeconds(60));
        Assert.True(code == 0, string.Join('\n', app.Process.Error.Concat(app.Process.Output)));
        return receiver;
    }
}
