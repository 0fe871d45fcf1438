namespace Observability.Logging;

/// <summary>Hides the value: of a parameter of a <c>[LoggerMessage]</c> method, or of a property, or a record's parameter, of an object that is taken apart by <c>{@Value}</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class RedactedAttribute : Attribute;
