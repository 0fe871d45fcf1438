namespace Observability.Logging;

/// <summary>Takes the bytes of whole lines. Only the writer thread calls it.</summary>
internal abstract class LineSink : IDisposable
{
    /// <summary>What diagnostics call it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the lines go to the error stream, where else it would be told that the output fails.</summary>
    public virtual bool IsErrorStream => false;

    /// <summary>Whether the reader that went has taken a line's beginning with it, so that the next one needs the line anew.</summary>
    public virtual bool LosesPartialLines => false;

    /// <summary>Called once before the first write.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Writes a beginning of the bytes and returns its length, 0 when there is no room for now, or throws when it failed before the first byte.</summary>
    public abstract int Write(ReadOnlySpan<byte> bytes);

    public virtual void Dispose()
    {
    }
}
