using System.Buffers.Binary;
using System.Diagnostics;
using Observability.Ebpf.Slots;

namespace Observability.Ebpf.Tests.Slots;

/// <summary>The identity that the kernel is told, beside the bytes that the runtime itself makes of it.</summary>
public sealed class PublishedSpanTests
{
    [Fact]
    public void The_bytes_are_those_of_the_identity_whatever_it_is()
    {
        Span<byte> random = stackalloc byte[24];
        var source = new Random(20_261_123);
        for (var round = 0; round < 10_000; round++)
        {
            source.NextBytes(random);
            // Every digit in every place, too.
            if (round < 256) random.Fill((byte)round);
            var trace = ActivityTraceId.CreateFromBytes(random[..16]);
            var parent = new ActivityContext(trace, ActivitySpanId.CreateFromBytes(random[16..]), (ActivityTraceFlags)(round & 1));
            using var activity = new Activity("any").SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags).Start();
            Assert.Equal(Expected(activity), PublishedSpan.Of(activity));
            Assert.Equal(PublishedSpan.Of(activity).Span, PublishedSpan.SpanOf(activity));
        }
    }

    private static PublishedSpan Expected(Activity activity)
    {
        Span<byte> bytes = stackalloc byte[24];
        activity.TraceId.CopyTo(bytes[..16]);
        activity.SpanId.CopyTo(bytes[16..]);
        return new PublishedSpan(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), (ulong)activity.ActivityTraceFlags);
    }
}
