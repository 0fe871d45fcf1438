namespace Observability.Tests.Propagation;

/// <summary>Headers as a message queue's properties carry them.</summary>
internal static class Carrier
{
    public static readonly Func<Dictionary<string, string>, string, IEnumerable<string>?> Get =
        (headers, name) => headers.TryGetValue(name, out var value) ? [value] : null;

    public static readonly Action<Dictionary<string, string>, string, string> Set = (headers, name, value) => headers[name] = value;
}
