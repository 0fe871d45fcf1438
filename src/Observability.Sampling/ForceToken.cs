using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Observability.Sampling;

/// <summary>Makes the tokens that force a trace: <c>EXPIRY.MAC</c>, the expiry in Unix seconds and its HMAC-SHA256 in lowercase hexadecimal.</summary>
/// <remarks>The same in a shell: <c>E=$(($(date +%s)+300)); echo $E.$(printf %s $E | openssl dgst -sha256 -hmac "$OBS_KEY" -r | cut -d' ' -f1)</c></remarks>
public static class ForceToken
{
    private const int MacLength = 32;

    /// <summary>Makes a token that is good until it expires.</summary>
    /// <param name="secret">The secret that the services share.</param>
    /// <param name="expires">The end of its validity; services refuse tokens that expire too far ahead.</param>
    /// <exception cref="ArgumentException">The secret is empty.</exception>
    public static string Create(string secret, DateTimeOffset expires)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        var expiry = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(expiry));
        return expiry + "." + Convert.ToHexStringLower(mac);
    }

    /// <summary>Null when the token is good, otherwise why it is not.</summary>
    internal static string? WhyRefused(ReadOnlySpan<char> token, ReadOnlySpan<byte> secret, DateTimeOffset now, TimeSpan maxAge)
    {
        var dot = token.IndexOf('.');
        if (dot is < 1 or > 12 || token.Length != dot + 1 + (2 * MacLength)) return "the token is not of the form EXPIRY.MAC.";
        if (!long.TryParse(token[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var expiry)) return "the token's expiry is no number.";
        if (expiry <= now.ToUnixTimeSeconds()) return "the token has expired.";
        if (expiry > now.Add(maxAge).ToUnixTimeSeconds()) return "the token expires too far ahead.";

        Span<byte> text = stackalloc byte[12];
        Span<byte> expected = stackalloc byte[MacLength];
        Span<byte> given = stackalloc byte[MacLength];
        var length = Encoding.ASCII.GetBytes(token[..dot], text);
        HMACSHA256.HashData(secret, text[..length], expected);
        if (Convert.FromHexString(token[(dot + 1)..], given, out _, out var written) != System.Buffers.OperationStatus.Done || written != MacLength)
            return "the token's MAC is not hexadecimal.";
        return CryptographicOperations.FixedTimeEquals(expected, given) ? null : "the token's MAC does not fit the secret.";
    }
}
