using System.Globalization;

namespace Shop.Collector.Wire;

/// <summary>
/// Reads an ExportTraceServiceRequest; field numbers from opentelemetry/proto/trace/v1/trace.proto, common.proto and
/// resource.proto. Fields that are not shown are skipped.
/// </summary>
internal static class OtlpTraces
{
    private static readonly string[] Kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"];

    public static List<Span> Read(ReadOnlySpan<byte> request)
    {
        var spans = new List<Span>();
        var reader = new ProtobufReader(request);
        while (reader.Next())
            if (reader.Field == 1) ReadResourceSpans(reader.Bytes, spans);
        return spans;
    }

    private static void ReadResourceSpans(ReadOnlySpan<byte> message, List<Span> spans)
    {
        var service = "unknown";
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1) service = ReadService(reader.Bytes);
            if (reader.Field != 2) continue;
            var scope = new ProtobufReader(reader.Bytes);
            while (scope.Next())
                if (scope.Field == 2) spans.Add(ReadSpan(scope.Bytes, service));
        }
    }

    private static string ReadService(ReadOnlySpan<byte> resource)
    {
        var attributes = new Dictionary<string, string>();
        var reader = new ProtobufReader(resource);
        while (reader.Next())
            if (reader.Field == 1) ReadAttribute(reader.Bytes, attributes);
        return attributes.GetValueOrDefault("service.name", "unknown");
    }

    private static Span ReadSpan(ReadOnlySpan<byte> message, string service)
    {
        string trace = "", id = "", parent = "", name = "", kind = "", statusMessage = "";
        ulong start = 0, end = 0;
        var isError = false;
        var attributes = new Dictionary<string, string>();
        var events = new List<SpanEvent>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: trace = reader.Hex; break;
                case 2: id = reader.Hex; break;
                case 4: parent = reader.Hex; break;
                case 5: name = reader.Text; break;
                case 6: kind = Kinds[Math.Min(reader.Number, 5)]; break;
                case 7: start = reader.Number; break;
                case 8: end = reader.Number; break;
                case 9: ReadAttribute(reader.Bytes, attributes); break;
                case 11: events.Add(ReadEvent(reader.Bytes)); break;
                case 15: (isError, statusMessage) = ReadStatus(reader.Bytes); break;
            }
        }
        return new Span(trace, id, parent, service, name, kind, start, Math.Max(start, end), isError, statusMessage, attributes, events);
    }

    private static SpanEvent ReadEvent(ReadOnlySpan<byte> message)
    {
        var name = "";
        ulong time = 0;
        var attributes = new Dictionary<string, string>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1) time = reader.Number;
            else if (reader.Field == 2) name = reader.Text;
            else if (reader.Field == 3) ReadAttribute(reader.Bytes, attributes);
        }
        return new SpanEvent(name, time, attributes);
    }

    private static (bool IsError, string Message) ReadStatus(ReadOnlySpan<byte> message)
    {
        var (isError, text) = (false, "");
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 2) text = reader.Text;
            else if (reader.Field == 3) isError = reader.Number == 2;
        }
        return (isError, text);
    }

    private static void ReadAttribute(ReadOnlySpan<byte> message, Dictionary<string, string> attributes)
    {
        string key = "", value = "";
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1) key = reader.Text;
            else if (reader.Field == 2) value = ReadValue(reader.Bytes);
        }
        attributes[key] = value;
    }

    private static string ReadValue(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        if (!reader.Next()) return "";
        return reader.Field switch
        {
            1 => reader.Text,
            2 => reader.Number != 0 ? "true" : "false",
            3 => ((long)reader.Number).ToString(CultureInfo.InvariantCulture),
            4 => reader.Double.ToString(CultureInfo.InvariantCulture),
            _ => "...",
        };
    }
}
