namespace Observability.Logging;

/// <summary>The compiled readers of a type of states.</summary>
/// <param name="Holes">How many holes a template must have that they write.</param>
/// <param name="Message">Writes each hole's literal and text.</param>
/// <param name="Attributes">Writes each attribute.</param>
internal sealed record StateReaders<TState>(int Holes, StateReader<TState>.Read Message, StateReader<TState>.Read Attributes);
