using Observability.Export;

namespace Observability.Tests.Export;

public class CollectorMessageTests
{
    [Fact]
    public void An_empty_response_rejects_nothing() => Assert.Equal(0, CollectorMessage.Rejected([]).Count);

    // message { partial_success (1): { rejected (1): 300, error_message (2): "no" } }
    [Fact]
    public void The_count_and_the_reason_are_read_from_the_partial_success() => Assert.Equal((300, "no"), CollectorMessage.Rejected([0x0a, 0x07, 0x08, 0xac, 0x02, 0x12, 0x02, 0x6e, 0x6f]));

    [Fact]
    public void A_warning_without_a_count_rejects_nothing() => Assert.Equal(0, CollectorMessage.Rejected([0x0a, 0x04, 0x12, 0x02, 0x6e, 0x6f]).Count);

    // google.rpc.Status { code (1): 3, message (2): "no" }
    [Fact]
    public void A_refusal_says_why() => Assert.Equal("no", CollectorMessage.Status([0x08, 0x03, 0x12, 0x02, 0x6e, 0x6f]));

    [Fact]
    public void Random_bytes_never_throw_and_never_go_below_zero()
    {
        var random = new Random(20261122);
        var bytes = new byte[64];
        for (var i = 0; i < 100_000; i++)
        {
            random.NextBytes(bytes);
            var length = random.Next(bytes.Length);
            Assert.True(CollectorMessage.Rejected(bytes.AsSpan(0, length)).Count >= 0);
            Assert.NotNull(CollectorMessage.Status(bytes.AsSpan(0, length)));
        }
    }
}
