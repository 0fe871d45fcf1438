using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Observability.Sources.Database;

namespace Observability.Tests.Sources.Database;

/// <summary>EF Core on a real SQLite; SqlClient's events as it raises them.</summary>
[Collection(Alone.Name)]
public sealed class DatabaseSourceTests : IDisposable
{
    private readonly List<Activity> _spans = [];
    private readonly List<Exception> _failures = [];
    private readonly ActivityListener _listener;
    private readonly Activity _test = new Activity("test").Start();

    public DatabaseSourceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == DatabaseSource.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _test.TraceId) _spans.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _test.Dispose();
    }

    [Fact]
    public async Task EF_Cores_commands_become_client_spans()
    {
        using var source = new DatabaseSource(failed: _failures.Add);
        await using var shop = await Shop.Open();
        shop.Orders.Add(new Order { Customer = "anna@example.org" });
        await shop.SaveChangesAsync();
        var name = "anna@example.org";
        Assert.Single(await shop.Orders.Where(order => order.Customer == name).ToListAsync());
        Assert.Empty(await shop.Orders.Where(order => order.Customer == "ben@example.org").ToListAsync());

        Assert.Empty(_failures);
        Assert.Equal(["CREATE TABLE Orders", "INSERT Orders", "SELECT Orders", "SELECT Orders"], _spans.Select(span => span.DisplayName).Where(shown => shown.EndsWith("Orders", StringComparison.Ordinal)));
        var select = _spans[^1];
        Assert.Equal((ActivityKind.Client, ActivityStatusCode.Unset, _test.SpanId), (select.Kind, select.Status, select.ParentSpanId));
        Assert.Equal(("sqlite", "main", "SELECT", "SELECT Orders"), (Tag(select, "db.system.name"), Tag(select, "db.namespace"), Tag(select, "db.operation.name"), Tag(select, "db.query.summary")));
        Assert.EndsWith("WHERE \"o\".\"Customer\" = ?", (string)Tag(select, "db.query.text")!, StringComparison.Ordinal);
        Assert.DoesNotContain(_spans.SelectMany(span => span.TagObjects), tag => tag.Value is string text && text.Contains("example.org", StringComparison.Ordinal));
        Assert.Equal(_test, Activity.Current);
    }

    [Fact]
    public async Task A_failing_command_tells_its_error_without_its_message()
    {
        using var source = new DatabaseSource(failed: _failures.Add);
        await using var shop = await Shop.Open();
        await Assert.ThrowsAsync<SqliteException>(() => shop.Database.ExecuteSqlRawAsync("SELECT * FROM nowhere WHERE a = 'secret'"));
        var span = _spans[^1];
        Assert.Equal(("SELECT nowhere", ActivityStatusCode.Error), (span.DisplayName, span.Status));
        Assert.Equal("Microsoft.Data.Sqlite.SqliteException", Tag(span, "error.type"));
        Assert.Null(span.StatusDescription);
        Assert.Equal("SELECT * FROM nowhere WHERE a = ?", Tag(span, "db.query.text"));
    }

    [Fact]
    public async Task Literals_stay_when_they_are_asked_for()
    {
        using var source = new DatabaseSource(keepLiterals: true);
        await using var shop = await Shop.Open();
        await shop.Database.ExecuteSqlRawAsync("DELETE FROM Orders WHERE Customer = 'ben'");
        Assert.Equal("DELETE FROM Orders WHERE Customer = 'ben'", Tag(_spans[^1], "db.query.text"));
    }

    [Theory]
    [InlineData("Microsoft.Data.SqlClient.")]
    [InlineData("System.Data.SqlClient.")]
    public void SqlClients_events_become_spans(string prefix)
    {
        using var source = new DatabaseSource(failed: _failures.Add);
        using var listener = new DiagnosticListener("SqlClientDiagnosticListener");
        using var connection = new SqliteConnection("Data Source=:memory:");
        using var command = new SqliteCommand("SELECT name FROM users WHERE id = 7", connection);
        listener.Write(prefix + "WriteCommandBefore", new { OperationId = Guid.NewGuid(), Command = (DbCommand)command });
        // Its asynchronous methods return to the caller meanwhile, whose own spans must not come to be in this one.
        Assert.Same(_test, Activity.Current);
        listener.Write(prefix + "WriteCommandAfter", new { Command = (DbCommand)command });
        listener.Write(prefix + "WriteCommandBefore", new { Command = (DbCommand)command });
        listener.Write(prefix + "WriteCommandError", new { Command = (DbCommand)command, Exception = new TimeoutException() });
        Assert.Empty(_failures);
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], _spans.Select(span => span.Status));
        Assert.Equal(["SELECT users", "SELECT users"], _spans.Select(span => span.DisplayName));
        Assert.Equal("System.TimeoutException", Tag(_spans[1], "error.type"));
        Assert.Same(_test, Activity.Current);
    }

    [Fact]
    public void A_command_that_two_listeners_tell_of_has_one_span()
    {
        using var source = new DatabaseSource();
        using var entityFramework = new DiagnosticListener("Microsoft.EntityFrameworkCore");
        using var sqlClient = new DiagnosticListener("SqlClientDiagnosticListener");
        using var command = new SqliteCommand("SELECT 1");
        entityFramework.Write("Microsoft.EntityFrameworkCore.Database.Command.CommandExecuting", new { Command = (DbCommand)command });
        sqlClient.Write("Microsoft.Data.SqlClient.WriteCommandBefore", new { Command = (DbCommand)command });
        sqlClient.Write("Microsoft.Data.SqlClient.WriteCommandAfter", new { Command = (DbCommand)command });
        entityFramework.Write("Microsoft.EntityFrameworkCore.Database.Command.CommandExecuted", new { Command = (DbCommand)command });
        Assert.Single(_spans);
    }

    [Theory]
    [InlineData("OpenTelemetry.Instrumentation.SqlClient", "SqlClientDiagnosticListener", "Microsoft.Data.SqlClient.WriteCommandBefore")]
    [InlineData("OpenTelemetry.Instrumentation.EntityFrameworkCore", "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuting")]
    public void OpenTelemetrys_own_instrumentation_is_not_doubled(string other, string name, string begins)
    {
        using var source = new DatabaseSource();
        using var theirs = new ActivitySource(other);
        using var listener = new DiagnosticListener(name);
        using var command = new SqliteCommand("SELECT 1");
        listener.Write(begins, new { Command = (DbCommand)command });
        Assert.Same(_test, Activity.Current);
    }

    [Fact]
    public void Payloads_of_another_shape_are_let_pass()
    {
        using var source = new DatabaseSource(failed: _failures.Add);
        using var listener = new DiagnosticListener("SqlClientDiagnosticListener");
        listener.Write("Microsoft.Data.SqlClient.WriteCommandBefore", new { Command = "text" });
        listener.Write("Microsoft.Data.SqlClient.WriteCommandBefore", "text");
        listener.Write("Microsoft.Data.SqlClient.WriteCommandAfter", new { Command = (DbCommand)new SqliteCommand() });
        Assert.Empty(_spans);
        Assert.Empty(_failures);
    }

    private static object? Tag(Activity span, string name) => span.GetTagItem(name);

    private sealed class Order
    {
        public int Id { get; set; }
        public required string Customer { get; set; }
    }

    private sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        public DbSet<Order> Orders => Set<Order>();

        public static async Task<Shop> Open()
        {
            var connection = new SqliteConnection("Data Source=:memory:");
            await connection.OpenAsync();
            var shop = new Shop(new DbContextOptionsBuilder<Shop>().UseSqlite(connection).Options);
            await shop.Database.EnsureCreatedAsync();
            return shop;
        }
    }
}
