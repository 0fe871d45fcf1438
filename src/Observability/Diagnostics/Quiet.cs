namespace Observability.Diagnostics;

/// <summary>The silence behind a line of one kind, and how many it held back.</summary>
internal sealed class Quiet
{
    private long _until;
    private long _heldBack;

    public bool MaySpeak(TimeProvider time, TimeSpan silence, out long heldBack)
    {
        heldBack = 0;
        var now = time.GetTimestamp();
        var until = Volatile.Read(ref _until);
        if ((until != 0 && now < until) || Interlocked.CompareExchange(ref _until, now + (long)(silence.TotalSeconds * time.TimestampFrequency), until) != until)
        {
            Interlocked.Increment(ref _heldBack);
            return false;
        }
        heldBack = Interlocked.Exchange(ref _heldBack, 0);
        return true;
    }
}
