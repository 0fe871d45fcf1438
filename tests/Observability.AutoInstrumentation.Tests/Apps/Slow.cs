namespace Observability.AutoInstrumentation.Tests.Apps;

/// <summary>What does not fit into CI's time: each such test publishes an application of its own.</summary>
internal static class Slow
{
    public static void Require() =>
        Skip.If(Environment.GetEnvironmentVariable("OBSERVABILITY_SLOW_TESTS") != "1", "slow: publishes an application of its own (OBSERVABILITY_SLOW_TESTS=1 runs it)");
}
