using Google.Protobuf;
using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace OtlpReceiver;

/// <summary>OTLP's common values as plain ones.</summary>
internal static class Values
{
    public static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);

    /// <summary>The specification forbids a key twice; what arrives doubled fails here, and with it the test.</summary>
    public static IReadOnlyDictionary<string, object?> Attributes(RepeatedField<KeyValue> attributes) =>
        attributes.ToDictionary(attribute => attribute.Key, attribute => Value(attribute.Value), StringComparer.Ordinal);

    public static ReceivedOrigin Origin(Resource? resource, InstrumentationScope? scope) =>
        new(resource is null ? new Dictionary<string, object?>() : Attributes(resource.Attributes), scope?.Name ?? "", scope?.Version ?? "");

    public static object? Value(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue,
        AnyValue.ValueOneofCase.IntValue => value.IntValue,
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue,
        AnyValue.ValueOneofCase.BytesValue => value.BytesValue.ToByteArray(),
        AnyValue.ValueOneofCase.ArrayValue => value.ArrayValue.Values.Select(Value).ToArray(),
        AnyValue.ValueOneofCase.KvlistValue => Attributes(value.KvlistValue.Values),
        _ => null,
    };
}
