using System.Security.Cryptography;
using System.Text;

namespace Observability.Prometheus.Listener;

/// <summary>Basic authentication (RFC 7617), compared in a time that does not depend on the guess.</summary>
internal sealed class BasicCredentials
{
    private const string Scheme = "Basic ";
    private readonly byte[]? _expected;

    public BasicCredentials(string? username, string? password) =>
        _expected = username is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(username + ":" + password));

    public bool Accepts(string? authorization)
    {
        if (_expected is null) return true;
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var encoded = authorization[Scheme.Length..].Trim();
        var given = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, given, out var length)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(given.AsSpan(0, length)), _expected);
    }
}
