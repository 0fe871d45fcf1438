using System.IO.Compression;
using System.Runtime.Intrinsics;
using Observability.Prometheus.Compression;

namespace Observability.Prometheus.Tests.Compression;

public class CarrylessProductTests
{
    [Fact]
    public void The_instruction_and_the_product_by_hand_agree()
    {
        var random = new Random(23);
        for (var i = 0; i < 1000; i++)
        {
            var left = Vector128.Create((ulong)random.NextInt64(), (ulong)random.NextInt64() << 1);
            var right = Vector128.Create((ulong)random.NextInt64() << 1, (ulong)random.NextInt64());
            Assert.Equal(CarrylessProduct.Portable(left[0], right[0]), CarrylessProduct.LowLow(left, right));
            Assert.Equal(CarrylessProduct.Portable(left[1], right[1]), CarrylessProduct.HighHigh(left, right));
            Assert.Equal(CarrylessProduct.Portable(left[0], right[1]), CarrylessProduct.LowHigh(left, right));
        }
    }

    [Fact]
    public void A_checksum_of_pieces_is_that_of_the_whole_as_gzip_computes_it()
    {
        var random = new Random(29);
        var whole = new MemoryStream();
        var checksum = TextChecksum.OfMember;
        foreach (var length in new[] { 0, 1, 3, 64, 4095, 4096, 5000, 70_000, 7 })
        {
            var piece = new byte[length];
            random.NextBytes(piece);
            checksum.Append(Crc32Algebra.Raw(0, piece), piece.Length);
            whole.Write(piece);
        }
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(whole.ToArray());
        Assert.Equal(BitConverter.ToUInt32(compressed.ToArray().AsSpan(^8)), checksum.Value);
        Assert.Equal(whole.Length, checksum.Length);
    }
}
