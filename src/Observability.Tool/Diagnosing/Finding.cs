namespace Observability.Tool.Diagnosing;

/// <summary>One thing that was looked at.</summary>
/// <param name="IsFine">Whether it lets the application be instrumented.</param>
/// <param name="Text">What was found, and what to do about it.</param>
internal sealed record Finding(bool IsFine, string Text);
