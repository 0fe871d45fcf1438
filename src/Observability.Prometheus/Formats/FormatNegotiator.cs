using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Formats;

/// <summary>
/// Chooses the answer's format from <c>Accept</c> and <c>Accept-Encoding</c>
/// (https://prometheus.io/docs/instrumenting/content_negotiation/). The highest quality wins, then the first named; a request that
/// names nothing known gets text 0.0.4, as from every other exporter, rather than 406.
/// </summary>
internal sealed class FormatNegotiator(PrometheusOptions options)
{
    public ScrapeFormat Negotiate(ReadOnlySpan<char> accept, ReadOnlySpan<char> acceptEncoding)
    {
        var best = (Exposition: ExpositionFormat.Text004, Escaping: NameEscaping.Underscores);
        var bestQuality = 0;
        while (!accept.IsEmpty)
        {
            var element = HeaderList.Next(ref accept, ',');
            if (TryRead(element, out var exposition, out var escaping, out var quality) && quality > bestQuality)
                (best, bestQuality) = ((exposition, escaping), quality);
        }
        var named = best.Exposition is ExpositionFormat.Text004 or ExpositionFormat.OpenMetrics001 ? NameEscaping.Underscores : best.Escaping;
        return new ScrapeFormat(best.Exposition, FamilyNamer.Effective(options.TranslationStrategy, named), AcceptsGzip(acceptEncoding));
    }

    private bool TryRead(ReadOnlySpan<char> element, out ExpositionFormat exposition, out NameEscaping escaping, out int quality)
    {
        (exposition, escaping, quality) = (ExpositionFormat.Text004, NameEscaping.Underscores, 1000);
        var rest = element;
        var media = HeaderList.Next(ref rest, ';');
        ReadOnlySpan<char> version = default, proto = default, encoding = default;
        while (!rest.IsEmpty)
        {
            var parameter = HeaderList.Next(ref rest, ';');
            var (isPair, nameEnd, start, end) = HeaderList.Pair(parameter);
            if (!isPair) continue;
            var name = parameter[..nameEnd];
            var value = parameter[start..end];
            if (Is(name, "q")) quality = HeaderList.Quality(value);
            else if (Is(name, "version")) version = value;
            else if (Is(name, "proto")) proto = value;
            else if (Is(name, "encoding")) encoding = value;
            else if (Is(name, "escaping") && !TryEscaping(value, out escaping)) return false;
        }
        if (quality <= 0) return false;
        return Is(media, "application/vnd.google.protobuf") ? IsKnownProtobuf(proto, encoding, out exposition) : IsKnownText(media, version, out exposition);
    }

    private bool IsKnownText(ReadOnlySpan<char> media, ReadOnlySpan<char> version, out ExpositionFormat exposition)
    {
        exposition = ExpositionFormat.Text004;
        if (Is(media, "*/*") || Is(media, "text/*")) return true;
        if (Is(media, "text/plain"))
        {
            if (Is(version, "1.0.0")) exposition = ExpositionFormat.Text100;
            return version.IsEmpty || Is(version, "0.0.4") || Is(version, "1.0.0");
        }
        if (!Is(media, "application/openmetrics-text")) return false;
        if (options.OpenMetrics2 && Is(version, "2.0.0"))
        {
            exposition = ExpositionFormat.OpenMetrics200;
            return true;
        }
        exposition = Is(version, "0.0.1") ? ExpositionFormat.OpenMetrics001 : ExpositionFormat.OpenMetrics100;
        return version.IsEmpty || Is(version, "1.0.0") || Is(version, "0.0.1");
    }

    private static bool IsKnownProtobuf(ReadOnlySpan<char> proto, ReadOnlySpan<char> encoding, out ExpositionFormat exposition)
    {
        exposition = ExpositionFormat.Protobuf;
        return Is(proto, "io.prometheus.client.MetricFamily") && (encoding.IsEmpty || Is(encoding, "delimited"));
    }

    private static bool TryEscaping(ReadOnlySpan<char> text, out NameEscaping escaping)
    {
        escaping = Is(text, "allow-utf-8") ? NameEscaping.AllowUtf8
            : Is(text, "dots") ? NameEscaping.Dots
            : Is(text, "values") ? NameEscaping.Values
            : NameEscaping.Underscores;
        return escaping != NameEscaping.Underscores || Is(text, "underscores");
    }

    private static bool AcceptsGzip(ReadOnlySpan<char> acceptEncoding)
    {
        int gzip = -1, any = -1, identity = -1;
        while (!acceptEncoding.IsEmpty)
        {
            var rest = HeaderList.Next(ref acceptEncoding, ',');
            var coding = HeaderList.Next(ref rest, ';');
            var quality = 1000;
            while (!rest.IsEmpty)
            {
                var parameter = HeaderList.Next(ref rest, ';');
                var (isPair, nameEnd, start, end) = HeaderList.Pair(parameter);
                if (isPair && Is(parameter[..nameEnd], "q")) quality = HeaderList.Quality(parameter[start..end]);
            }
            if (Is(coding, "gzip") || Is(coding, "x-gzip")) gzip = quality;
            else if (Is(coding, "*")) any = quality;
            else if (Is(coding, "identity")) identity = quality;
        }
        var wanted = gzip >= 0 ? gzip : any;
        return wanted > 0 && wanted >= identity;
    }

    private static bool Is(ReadOnlySpan<char> text, string expected) => text.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
