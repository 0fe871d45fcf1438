using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Observability.Sources.Database;

/// <summary>Starts and ends the spans. A command belongs to its span by identity, so that it does not matter which flow of execution its end is told on.</summary>
internal sealed class CommandSpans(bool keepLiterals, NativeSpans others, Action<Exception>? failed) : IDisposable
{
    private readonly ActivitySource _source = new(DatabaseSource.SourceName);
    private readonly SqlStatements _statements = new();
    private readonly PayloadProperty _command = new("Command");
    private readonly PayloadProperty _exception = new("Exception");
    private readonly ConditionalWeakTable<DbCommand, Activity> _underWay = [];

    public void Handle(string listener, CommandPhase phase, object payload)
    {
        try
        {
            if (phase == CommandPhase.Begins && !_source.HasListeners()) return;
            if (_command.Of(payload) is not DbCommand command) return;
            if (phase == CommandPhase.Begins) Begin(listener, command);
            else if (_underWay.TryGetValue(command, out var span) && _underWay.Remove(command)) End(span, phase, payload);
        }
        catch (Exception exception)
        {
            // These events are raised in the middle of the application's query; it must not fail for its span's sake.
            failed?.Invoke(exception);
        }
    }

    public void Dispose() => _source.Dispose();

    private void Begin(string listener, DbCommand command)
    {
        // EF Core over SqlClient: both tell of the same command, the first of them has it.
        if (others.Covers(listener, command.GetType()) || _underWay.TryGetValue(command, out _)) return;
        var target = DatabaseTarget.Of(command.Connection, command.GetType());
        var isProcedure = command.CommandType == CommandType.StoredProcedure;
        var statement = isProcedure ? Procedure(command.CommandText) : _statements.Read(command.CommandText, target.Dialect);
        var tags = new TagList { { "db.system.name", target.System } };
        Add(ref tags, "db.namespace", target.Namespace);
        Add(ref tags, "server.address", target.Address);
        Add(ref tags, "server.port", target.Port);
        Add(ref tags, "db.operation.name", statement.Operation);
        Add(ref tags, "db.query.summary", statement.Summary);
        Add(ref tags, isProcedure ? "db.stored_procedure.name" : "db.query.text", keepLiterals ? command.CommandText : statement.Text);
        var around = Activity.Current;
        var span = _source.StartActivity(NameOf(statement, target), ActivityKind.Client, default(ActivityContext), tags);
        // SqlClient's asynchronous methods return while the command runs, and tell of its end on another flow: on this one, the caller's, the span would stay the
        // current one, and the caller's next spans would come to be in it.
        if (listener == DatabaseEvents.SqlClient) Activity.Current = around;
        if (span is not null) _underWay.AddOrUpdate(command, span);
    }

    private void End(Activity span, CommandPhase phase, object payload)
    {
        if (phase != CommandPhase.Ends && span.IsAllDataRequested)
        {
            var exception = phase == CommandPhase.Fails ? _exception.Of(payload) as Exception : null;
            var code = CodeOf(exception);
            if (code is not null) span.SetTag("db.response.status_code", code);
            span.SetTag("error.type", code ?? exception?.GetType().FullName ?? (phase == CommandPhase.IsCanceled ? typeof(OperationCanceledException).FullName : "_OTHER"));
            // No description: databases quote values in their messages ("Duplicate entry 'anna@example.org'").
            span.SetStatus(ActivityStatusCode.Error);
        }
        span.Stop();
    }

    private static SqlStatement Procedure(string name) => new(name, "EXECUTE " + name, "EXECUTE");

    /// <summary>The conventions: the summary, else the operation and its target, else the target, else the system.</summary>
    private static string NameOf(SqlStatement statement, DatabaseTarget target) => statement.Summary ?? target.Namespace ?? target.System;

    /// <summary>SQLSTATE, the one code that <see cref="DbException"/> itself knows; SQLite and SQL Server have none.</summary>
    private static string? CodeOf(Exception? exception) => exception is DbException { SqlState: { Length: > 0 } state } ? state : null;

    private static void Add(ref TagList tags, string name, object? value)
    {
        if (value is not null) tags.Add(name, value);
    }
}
