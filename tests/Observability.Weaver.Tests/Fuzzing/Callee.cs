namespace Observability.Weaver.Tests.Fuzzing;

/// <summary>How a generated method is called with one number, for one number.</summary>
internal sealed record Callee(string Call, bool IsTask)
{
    public string AwaitedCall(string argument) => IsTask ? $"await {Filled(argument)}" : Filled(argument);

    public string BlockingCall(string argument) => IsTask ? $"{Filled(argument)}.GetAwaiter().GetResult()" : Filled(argument);

    private string Filled(string argument) => Call.Replace("ARGUMENT", argument, StringComparison.Ordinal);
}
