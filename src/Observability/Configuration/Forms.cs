using System.Net;

namespace Observability.Configuration;

/// <summary>What texts may be, alike in the section, in code and in variables. Each answers what the text should have been, or null when it is fine.</summary>
internal static class Forms
{
    public static string? HttpAddress(string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? null : "an absolute http or https address, such as http://localhost:4317";

    public static string? ListenHost(string? value) => value is "*" or "localhost" || IPAddress.TryParse(value, out _) ? null : "an IP address, 'localhost' or '*'";

    public static string? RequestPath(string? value) => value is ['/', ..] && value.AsSpan().IndexOfAny("?# ") < 0 ? null : "a path that starts with '/' and has no query";

    /// <summary>https://opentelemetry.io/docs/specs/otel/metrics/api/#instrument-name-syntax</summary>
    public static string? InstrumentName(string? value) =>
        value is { Length: > 0 and <= 255 } && char.IsAsciiLetter(value[0]) && value.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-' or '/')
            ? null : "a name of up to 255 letters, digits, '_', '.', '-' and '/' that starts with a letter";
}
