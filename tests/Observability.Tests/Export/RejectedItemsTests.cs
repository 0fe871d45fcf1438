using Observability.Export;

namespace Observability.Tests.Export;

public class RejectedItemsTests
{
    [Fact]
    public void An_empty_response_rejects_nothing() => Assert.Equal(0, RejectedItems.Count([]));

    // message { partial_success (1): { rejected (1): 300, error_message (2): "no" } }
    [Fact]
    public void The_count_and_the_reason_are_read_from_the_partial_success() => Assert.Equal((300, "no"), RejectedItems.Read([0x0a, 0x07, 0x08, 0xac, 0x02, 0x12, 0x02, 0x6e, 0x6f]));

    [Fact]
    public void A_warning_without_a_count_rejects_nothing() => Assert.Equal(0, RejectedItems.Count([0x0a, 0x04, 0x12, 0x02, 0x6e, 0x6f]));

    [Fact]
    public void Random_bytes_never_throw_and_never_go_below_zero()
    {
        var random = new Random(20261122);
        var bytes = new byte[64];
        for (var i = 0; i < 100_000; i++)
        {
            random.NextBytes(bytes);
            Assert.True(RejectedItems.Count(bytes.AsSpan(0, random.Next(bytes.Length))) >= 0);
        }
    }
}
