using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Observability.Configuration;

/// <summary>
/// What files of certificates and keys must hold, judged as the exporter will load them: one that it cannot use would end the start while the providers are being
/// built, or every export. Answers as <see cref="Forms"/> do.
/// </summary>
internal static class PemFiles
{
    /// <summary>What <see cref="X509Certificate2.CreateFromPem(ReadOnlySpan{char}, ReadOnlySpan{char})"/> takes for a key: none that has a password.</summary>
    private static readonly string[] KeyLabels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];

    public static string? Certificates(string? path) => Judge(path, HoldsCertificate, "the path of a PEM file that holds a certificate");

    public static string? Key(string? path) => Judge(path, HoldsKey, "the path of a PEM file that holds a private key without a password");

    /// <summary>Whether each file is fine and the key is not the certificate's.</summary>
    public static bool AreApart(string certificate, string key)
    {
        if (Certificates(certificate) is not null || Key(key) is not null) return false;
        try
        {
            X509Certificate2.CreateFromPemFile(certificate, key).Dispose();
            return false;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return true;
        }
    }

    private static string? Judge(string? path, Func<string, bool> holds, string expected)
    {
        if (!File.Exists(path)) return "the path of a file that exists";
        try
        {
            return holds(File.ReadAllText(path)) ? null : expected;
        }
        catch (CryptographicException)
        {
            return expected;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "the path of a file that this process may read";
        }
    }

    private static bool HoldsCertificate(string text)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(text);
        foreach (var certificate in certificates) certificate.Dispose();
        return certificates.Count > 0;
    }

    private static bool HoldsKey(string text)
    {
        for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
            if (KeyLabels.Contains(rest[found.Label].ToString(), StringComparer.Ordinal)) return true;
        return false;
    }
}
