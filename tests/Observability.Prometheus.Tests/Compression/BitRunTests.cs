using Observability.Prometheus.Compression;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Tests.Compression;

public unsafe class BitRunTests
{
    [Fact]
    public void Runs_of_any_length_arrive_whole_from_any_bit_to_any_bit()
    {
        var random = new Random(37);
        var pool = new BodyPool();
        var kept = pool.Take();
        kept.Grow(0, 4096);
        random.NextBytes(new Span<byte>(kept.Start, 4096));
        var tables = DeflateTables.Train(new DeflateStatistics());
        var places = stackalloc int[DeflateState.Ring];
        for (var round = 0; round < 300; round++)
        {
            var body = pool.Take();
            var state = new DeflateState(body, tables, places);
            var first = state.Position;
            var expected = new List<bool>();
            for (var run = 0; run < 20; run++)
            {
                var start = random.Next(8_000);
                var count = random.Next(random.Next(2) == 0 ? 70 : 3_000);
                BitRun.Copy(ref state, kept.Start, start, count);
                for (var bit = start; bit < start + count; bit++) expected.Add(Bit(kept.Start, bit));
            }
            Assert.Equal(first + expected.Count, state.Position);
            if (state.BitCount > 0) *state.Out = (byte)state.Bits;
            var wrong = 0;
            while (wrong < expected.Count && expected[wrong] == Bit(body.Start, first + wrong)) wrong++;
            Assert.Equal(expected.Count, wrong);
            body.Release();
        }
    }

    private static bool Bit(byte* bytes, long bit) => (bytes[bit >> 3] >> (int)(bit & 7) & 1) != 0;
}
