using Microsoft.Extensions.Primitives;

namespace Observability.Propagation;

/// <summary>
/// Lists a carrier's headers, for the one format whose header names are not known beforehand. A propagator is given only
/// "read the header of this name", so this knows the shapes of the carriers themselves: ASP.NET's, HttpClient's, dictionaries.
/// Any other carrier lists nothing. At most 1,000 headers are looked at.
/// </summary>
internal static class CarrierHeaders
{
    private const int MostHeaders = 1_000;

    public static IEnumerable<(string Name, string Value)> Of<T>(T carrier)
    {
        var headers = carrier is CallbackCarrier callback ? callback.Carrier : carrier;
        IEnumerable<(string Name, string? Value)> listed = (headers is HttpRequestMessage request ? request.Headers : headers) switch
        {
            IEnumerable<KeyValuePair<string, StringValues>> all => all.Select(header => (header.Key, header.Value.Count > 0 ? header.Value[0] : null)),
            IEnumerable<KeyValuePair<string, IEnumerable<string>>> all => all.Select(header => (header.Key, header.Value.FirstOrDefault())),
            IEnumerable<KeyValuePair<string, string>> all => all.Select(header => (header.Key, (string?)header.Value)),
            _ => [],
        };
        return listed.Take(MostHeaders).Where(header => header.Value is not null).Select(header => (header.Name, header.Value!));
    }
}
