namespace Observability.Logging;

/// <summary>Standard output or error where there is no <c>write(2)</c>: the console's stream under its writer's lock.</summary>
internal sealed class ConsoleStreamSink(string name, Stream stream, Func<object> consoleLock) : LineSink
{
    public override string Name => name;

    public override bool IsErrorStream => name == "stderr";

    public override void Prepare() => _ = consoleLock();

    public override int Write(ReadOnlySpan<byte> bytes)
    {
        lock (consoleLock()) stream.Write(bytes);
        return bytes.Length;
    }
}
