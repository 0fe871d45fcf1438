using System.IO.Pipes;
using System.Text;

namespace Observability.Logging.Tests;

public class DescriptorSinkTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_half_line_is_written_anew_only_when_the_reader_that_went_had_taken_its_beginning(bool taken)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "what is unread in a pipe is asked in Linux's way");
        using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        using var writer = reader.ClientSafePipeHandle;
        var consoleLock = new object();
        using var sink = new DescriptorSink((int)writer.DangerousGetHandle(), () => consoleLock);
        var half = Encoding.UTF8.GetBytes("{\"a\":1}\n{\"b\"");
        Assert.Equal(half.Length, sink.Write(half));
        if (taken) reader.ReadExactly(new byte[half.Length]);
        reader.Dispose();
        Assert.Throws<IOException>(() => sink.Write(Encoding.UTF8.GetBytes(":2}\n")));
        Assert.Equal(taken, sink.LosesPartialLines);
    }

    [SkippableFact]
    public async Task A_reader_that_stalls_holds_nobody_up_who_writes_to_the_console()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the size of a pipe is Linux's");
        using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        using var writer = reader.ClientSafePipeHandle;
        var full = new byte[65_536];
        using var sink = new DescriptorSink((int)writer.DangerousGetHandle(), () => full);
        Assert.Equal(full.Length, sink.Write(full));
        var line = Encoding.UTF8.GetBytes("{}\n");
        Assert.Equal(0, await Task.Run(() => sink.Write(line)).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.False(Monitor.IsEntered(full));
        reader.ReadExactly(full);
        Assert.Equal(line.Length, sink.Write(line));
    }
}
