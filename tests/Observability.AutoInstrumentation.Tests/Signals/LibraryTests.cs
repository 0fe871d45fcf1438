using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Signals;

/// <summary>Databases and messages of an application that knows nothing of telemetry, against real servers.</summary>
public class LibraryTests
{
    [SkippableFact]
    public async Task EF_Core_over_Sqlite_makes_client_spans()
    {
        await using var receiver = await Use("sqlite");
        var work = Assert.Single(receiver.Spans, span => span.Name == "sqlite");
        Assert.Contains(receiver.Spans, span => span.ParentSpanId == work.SpanId && span.Kind == "Client" && span["db.system.name"] is "sqlite" && span["db.query.text"] is string text && text.Contains("INSERT INTO", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task SqlClient_makes_client_spans_whose_SQL_has_no_literals_and_one_that_says_that_it_failed()
    {
        Skip.IfNot(HasCultures, "SqlClient refuses to work without ICU, which is not on this machine (apt-get install libicu72)");
        await using var server = SqlServerStandIn.Start();
        await using var receiver = await Use("sqlclient", ("TestApp__SqlServer", server.ConnectionString));
        var work = Assert.Single(receiver.Spans, span => span.Name == "sqlclient");
        var spans = receiver.Spans.Where(span => span.ParentSpanId == work.SpanId).OrderBy(span => span.Name).ToList();
        Assert.Equal(["INSERT orders", "SELECT no_such_table"], spans.Select(span => span.Name));
        Assert.All(spans, span => Assert.Equal(
            ("Client", "microsoft.sql_server", "shop", "127.0.0.1", (long)server.Port),
            (span.Kind, span["db.system.name"], span["db.namespace"], span["server.address"], span["server.port"])));
        Assert.Equal("INSERT INTO orders VALUES (?, ?)", spans[0]["db.query.text"]);
        Assert.Equal((null, "Microsoft.Data.SqlClient.SqlException", "Error"), (spans[0]["error.type"], spans[1]["error.type"], spans[1].Status));
    }

    [SkippableFact]
    public async Task Integrations_are_switched_off_by_their_names_and_the_others_stay()
    {
        Skip.IfNot(HasCultures, "SqlClient refuses to work without ICU, which is not on this machine (apt-get install libicu72)");
        await using var server = SqlServerStandIn.Start();
        await using var receiver = await Use("sqlite,sqlclient,quartz", ("TestApp__SqlServer", server.ConnectionString), ("Observability__Traces__ExcludedSourcePrefixes", "Experimental.,Private.,Observability.Database,Quartz"));
        Assert.Equal(["quartz", "sqlclient", "sqlite"], receiver.Spans.Select(span => span.Name).Order());
    }

    [SkippableFact]
    public async Task Npgsql_makes_client_spans_whose_SQL_has_no_literals()
    {
        await using var postgres = await PostgresCluster.Start();
        await using var receiver = await Use("npgsql", ("TestApp__Postgres", postgres.ConnectionString + ";Pooling=false"));
        var statements = receiver.Spans.Where(span => span.Kind == "Client").Select(span => (span["db.query.text"] ?? span["db.statement"]) as string ?? "").ToList();
        Assert.Contains(statements, text => text.Contains("INSERT INTO orders", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(statements, text => text.Contains("Jane Roe", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("rabbitmq", "RabbitMQ.Client")]
    [InlineData("masstransit", "MassTransit")]
    public async Task A_message_through_RabbitMQ_is_one_trace_from_the_sender_to_the_receiver(string library, string scope)
    {
        Slow.Require();
        await using var broker = await RabbitBroker.Start();
        await using var receiver = await Use(library, ("TestApp__Rabbit", broker.Address.ToString()));
        var spans = receiver.Spans.Where(span => span.Origin.Scope.StartsWith(scope, StringComparison.Ordinal)).ToList();
        var sent = spans.Where(span => span.Kind == "Producer").Select(span => span.TraceId).ToHashSet();
        Assert.Contains(spans, span => span.Kind == "Consumer" && (sent.Contains(span.TraceId) || span.Links.Any(link => sent.Contains(link.TraceId))));
    }

    /// <summary>Applications of this repository need no ICU; SqlClient does.</summary>
    private static bool HasCultures { get; } = !OperatingSystem.IsLinux() || Tool.Run("sh", ["-c", "PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -q libicuuc.so"]).ExitCode == 0;

    private static async Task<Receiver> Use(string library, params (string Name, string Value)[] settings)
    {
        var receiver = await Receiver.Start();
        var environment = HookedRun.SendingTo(receiver);
        environment["TestApp__Use"] = library;
        environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = HasCultures ? "0" : "1";
        foreach (var (name, value) in settings) environment[name] = value;
        var result = HookedRun.Run(PublishedApp.Of("Libraries", "unaware", "-p:Unaware=true", "-p:InvariantGlobalization=").Program, [], environment);
        Assert.True(result is { ExitCode: 0, Error: "" }, result.ToString());
        return receiver;
    }
}
