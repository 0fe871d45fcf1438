using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>Writes new values over old ones in lines that are already there, as long as the lengths agree.</summary>
internal unsafe struct PatchSink(byte* lines) : ILineSink
{
    private byte* _cursor = lines;

    public static bool WantsText => true;

    /// <summary>Whether something has another length than before, so that the lines must be written anew.</summary>
    public bool HasMoved { get; private set; }

    public readonly void Begin(int textLength)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Text(PinnedText text) => _cursor += text.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Text(byte* start, int length) => _cursor += length;

    public void Number(long value)
    {
        var text = stackalloc byte[TextArena.Slack];
        Replace(text, NumberText.Write(text, value));
    }

    public void Number(double value)
    {
        var text = stackalloc byte[TextArena.Slack];
        Replace(text, NumberText.Write(text, value));
    }

    public void Number(double value, ref CachedNumber cached)
    {
        cached.Update(value);
        Replace((byte*)Unsafe.AsPointer(ref Unsafe.As<CachedNumber.Digits, byte>(ref cached.Text)), cached.Length);
    }

    public void Exemplar(in Exemplar exemplar, double value) => HasMoved = true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End()
    {
        if (!HasMoved && *_cursor++ != (byte)'\n') HasMoved = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Replace(byte* text, int length)
    {
        if (HasMoved) return;
        for (var i = 0; i < length; i++)
        {
            // The old number ends sooner.
            if (_cursor[i] is (byte)'\n' or (byte)' ')
            {
                HasMoved = true;
                return;
            }
            _cursor[i] = text[i];
        }
        _cursor += length;
    }
}
