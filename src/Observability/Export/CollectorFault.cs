using System.Globalization;
using System.Text;

namespace Observability.Export;

/// <summary>Why an export failed, in words for people: short, for what a peer sends can be long.</summary>
internal static class CollectorFault
{
    private const int Longest = 500;

    // The names of gRPC's status codes, by number (https://grpc.io/docs/guides/status-codes/).
    private static readonly string[] s_grpcCodes =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    /// <summary>The fault with the address that it happened at, without what an address may carry of credentials.</summary>
    public static string At(HttpRequestMessage request, string fault) =>
        request.RequestUri is { } address ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + ": " + fault : fault;

    /// <summary>The messages of the exception and of those that caused it, each once.</summary>
    public static string Of(Exception fault)
    {
        if (fault is OperationCanceledException) return "there was no answer in time";
        var text = fault.Message;
        for (var cause = fault.InnerException; cause is not null && text.Length < Longest; cause = cause.InnerException)
            if (!text.Contains(cause.Message, StringComparison.Ordinal)) text = text + " " + cause.Message;
        return Cut(text);
    }

    /// <summary>Why the answer is a no; null when it is a yes.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="body">Its body, as far as that is known.</param>
    public static string? Of(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        if (!response.IsSuccessStatusCode)
            return Answer(string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} ({response.ReasonPhrase})"), Text(response, body));
        if (Header(response, "grpc-status") is not { } status || status == "0") return null;
        var code = int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < s_grpcCodes.Length ? s_grpcCodes[number] : status;
        return Answer(code, Uri.UnescapeDataString(Header(response, "grpc-message") ?? ""));
    }

    private static string Answer(string code, string text) => Cut("the collector answered " + code + (text.Length == 0 ? "" : ": " + text));

    /// <summary>What the answer says of itself: OTLP has a message of google.rpc.Status, others a text for people.</summary>
    private static string Text(HttpResponseMessage response, ReadOnlySpan<byte> body) => response.Content.Headers.ContentType?.MediaType switch
    {
        "application/x-protobuf" => CollectorMessage.Status(body),
        "application/json" or "text/plain" => Encoding.UTF8.GetString(body[..Math.Min(body.Length, Longest)]),
        _ => "",
    };

    /// <summary>Of an answer without a body gRPC sends its status among the headers, else behind the body.</summary>
    private static string? Header(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out var values) || response.Headers.TryGetValues(name, out values) ? values.FirstOrDefault() : null;

    /// <summary>Without the full stop, for the sentence around it goes on.</summary>
    private static string Cut(string text) => text.Length <= Longest ? text.TrimEnd().TrimEnd('.') : text[..Longest] + "…";
}
