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
}
