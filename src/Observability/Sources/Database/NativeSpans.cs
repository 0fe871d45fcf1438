using System.Diagnostics;

namespace Observability.Sources.Database;

/// <summary>Who else makes spans of database commands: providers that do so themselves, and OpenTelemetry's own instrumentation packages.</summary>
internal sealed class NativeSpans : IDisposable
{
    private readonly ActivityListener _listener;
    private volatile bool _entityFramework;
    private volatile bool _sqlClient;

    public NativeSpans()
    {
        // Hears of every source that is made, listens to none.
        _listener = new ActivityListener { ShouldListenTo = source => Noticed(source.Name) };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Whether a command from this listener gets its span from someone else.</summary>
    public bool Covers(string listener, Type command) =>
        listener == DatabaseEvents.EntityFramework ? _entityFramework || IsSelfTelling(command.FullName ?? "") || (_sqlClient && IsSqlClient(command)) : _sqlClient;

    public void Dispose() => _listener.Dispose();

    private static bool IsSelfTelling(string command) =>
        command.StartsWith("Npgsql.", StringComparison.Ordinal) || command.StartsWith("MySqlConnector.", StringComparison.Ordinal);

    private static bool IsSqlClient(Type command) => command.FullName?.Contains(".Data.SqlClient.", StringComparison.Ordinal) == true;

    private bool Noticed(string source)
    {
        _entityFramework |= source == "OpenTelemetry.Instrumentation.EntityFrameworkCore";
        _sqlClient |= source == "OpenTelemetry.Instrumentation.SqlClient";
        return false;
    }
}
