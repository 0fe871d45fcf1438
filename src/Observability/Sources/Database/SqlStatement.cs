namespace Observability.Sources.Database;

/// <summary>What may be told of a statement.</summary>
/// <param name="Text">The statement with <c>?</c> for every literal and without comments; the very same string when it had neither.</param>
/// <param name="Summary">Operations and their targets, <c>SELECT orders</c>; null when there is none to see.</param>
/// <param name="Operation">The first operation, in upper case.</param>
internal sealed record SqlStatement(string Text, string? Summary, string? Operation);
