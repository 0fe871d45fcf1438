using System.Runtime.CompilerServices;
using Observability.Prometheus.Layout;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Compression;

/// <summary>
/// The hot loops of a composed scrape: gap, integer, gap, integer. They work on locals, which live in registers, and that is why
/// integers are handed to them by the dozen and not one by one.
/// </summary>
internal static unsafe class GapEmission
{
    /// <summary>At most twenty literals of up to 14 bits, and a store writes eight bytes.</summary>
    private const int BytesPerInteger = 20 * 2 + 8;

    private const ulong CodeBits = 0x00FF_FFFF_FFFF_FFFF;

    public static void Integers(ref DeflateState state, long* values, int count)
    {
        Fold(ref state, values, count);
        state.Reserve(Room(state.Gap, count));
        Send(ref state, values, count);
    }

    /// <summary>Sends the next gap alone; the caller sends its value, of so many bytes at most.</summary>
    public static void Gap(ref DeflateState state, int room)
    {
        state.Reserve(Room(state.Gap, 1) + room);
        state.Checksum.Append(state.Gap->Crc, state.Gap->Length);
        var writer = new BitCursor(state);
        var step = state.Step;
        state.Lengths[state.Index] = 0;
        Gap(ref writer, ref step, state.Gap++, state.Values, state.Index++, in state);
        state.Step = step;
        writer.Store(ref state);
    }

    private static int Room(CompiledGap* gap, int count)
    {
        var steps = 0;
        for (var i = 0; i < count; i++) steps += gap[i].Steps;
        return 8 * steps + BytesPerInteger * count;
    }

    /// <summary>The checksum of gaps and integers, which depends on nothing that the bits depend on.</summary>
    private static void Fold(ref DeflateState state, long* values, int count)
    {
        var checksum = state.Checksum;
        var gap = state.Gap;
        for (var i = 0; i < count; i++, gap++)
        {
            var value = (ulong)values[i];
            if (value < 1000) checksum.Append(in *gap, DigitChecksums.Lead[value], Digits((uint)value));
            else if (value < 1_000_000)
            {
                var high = (uint)value / 1000;
                checksum.Append(in *gap, DigitChecksums.Lead[1000 + high] ^ DigitChecksums.Padded[(uint)value - high * 1000], Digits(high) + 3);
            }
            else
            {
                var (crc, length) = Checksum(values[i]);
                checksum.Append(in *gap, crc, length);
            }
        }
        state.Checksum = checksum;
    }

    private static void Send(ref DeflateState state, long* integers, int count)
    {
        var writer = new BitCursor(state);
        var gap = state.Gap;
        var step = state.Step;
        var lead = state.Lead;
        var padded = state.Padded;
        var lengths = state.Lengths + state.Index;
        var (values, index) = (state.Values, state.Index);
        for (var i = 0; i < count; i++)
        {
            Gap(ref writer, ref step, gap++, values, index++, in state);
            var value = (ulong)integers[i];
            int length;
            if (value < 1000)
            {
                writer.PutPacked(lead[value]);
                length = Digits((uint)value);
            }
            else if (value < 1_000_000)
            {
                var high = (uint)value / 1000;
                writer.PutPacked(lead[high]);
                writer.PutPacked(padded[(uint)value - high * 1000]);
                length = Digits(high) + 3;
            }
            else writer = WithLarge(writer, in state, integers[i], out length);
            lengths[i] = (ushort)length;
            values += length;
        }
        state.Gap = gap;
        state.Step = step;
        (state.Values, state.Index) = (values, index);
        writer.Store(ref state);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gap(ref BitCursor writer, ref GapStep* next, CompiledGap* gap, int values, uint index, in DeflateState state)
    {
        var places = state.Places;
        var distances = state.Distances;
        places[index & (DeflateState.Ring - 1)] = values;
        var step = next;
        var end = step + gap->Steps;
        for (; step < end; step++)
        {
            var back = step->GapsBack;
            var distance = step->Distance + values - places[(index - back) & (DeflateState.Ring - 1)];
            // Distance 0 has a code of no bits: no branch that nothing could predict.
            if (back == GapStep.NoDistance) distance = 0;
            // One that DEFLATE's window does not reach has none either, but a mark.
            if (distance > DeflateAlphabet.FarthestMatch)
            {
                writer.Overran = true;
                distance = 0;
            }
            var code = distances[distance];
            var bits = step->BitCount;
            writer.Put((ulong)step->Bits | (ulong)(code & 0xFFFFFF) << bits, bits + (int)(code >> 24));
        }
        next = end;
    }

    private static int Digits(uint value) => value >= 100 ? 3 : value >= 10 ? 2 : 1;

    private static (uint Crc, int Length) Checksum(long value)
    {
        var text = stackalloc byte[TextArena.Slack];
        var length = NumberText.Write(text, value);
        return (Crc32Algebra.Raw(0, new ReadOnlySpan<byte>(text, length)), length);
    }

    /// <summary>Takes and returns the writer by value: a reference to it would keep the loop's copy out of registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static BitCursor WithLarge(BitCursor writer, in DeflateState state, long value, out int length)
    {
        var text = stackalloc byte[TextArena.Slack];
        length = NumberText.Write(text, value);
        for (var i = 0; i < length; i++) writer.Put(state.Literals[text[i]] & 0xFFFFFF, (int)(state.Literals[text[i]] >> 24));
        return writer;
    }

    private struct BitCursor(in DeflateState state)
    {
        private byte* _out = state.Out;
        private ulong _bits = state.Bits;
        private int _count = state.BitCount;
        public bool Overran = state.Overran;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void PutPacked(ulong packed) => Put(packed & CodeBits, (int)(packed >> 56));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put(ulong bits, int count)
        {
            var all = _bits | bits << _count;
            count += _count;
            *(ulong*)_out = all;
            _out += count >> 3;
            _bits = all >> (count & 0x38);
            _count = count & 7;
        }

        public readonly void Store(ref DeflateState state)
        {
            state.Out = _out;
            (state.Bits, state.BitCount, state.Overran) = (_bits, _count, Overran);
        }
    }
}
