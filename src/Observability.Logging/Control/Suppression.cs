namespace Observability.Logging;

/// <summary>Lines that were held back, why, and of which template.</summary>
internal sealed record Suppression(string Reason, string? Template, long Lines);
