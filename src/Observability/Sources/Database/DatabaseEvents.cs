namespace Observability.Sources.Database;

/// <summary>The listeners that tell of database commands, and what their events mean.</summary>
internal static class DatabaseEvents
{
    public const string EntityFramework = "Microsoft.EntityFrameworkCore";
    public const string SqlClient = "SqlClientDiagnosticListener";

    private const string Commands = "Microsoft.EntityFrameworkCore.Database.Command.Command";

    public static CommandPhase? PhaseOf(string name) => name switch
    {
        Commands + "Executing" or "Microsoft.Data.SqlClient.WriteCommandBefore" or "System.Data.SqlClient.WriteCommandBefore" => CommandPhase.Begins,
        Commands + "Executed" or "Microsoft.Data.SqlClient.WriteCommandAfter" or "System.Data.SqlClient.WriteCommandAfter" => CommandPhase.Ends,
        Commands + "Error" or "Microsoft.Data.SqlClient.WriteCommandError" or "System.Data.SqlClient.WriteCommandError" => CommandPhase.Fails,
        Commands + "Canceled" => CommandPhase.IsCanceled,
        _ => null,
    };
}
