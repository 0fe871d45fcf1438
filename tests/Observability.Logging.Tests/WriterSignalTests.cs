using System.Text;
using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

public class WriterSignalTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task An_error_ends_the_writers_linger_at_once_and_an_information_does_not()
    {
        var signal = new WriterSignal();
        var options = new JsonLinesOptions();
        var queue = new LineQueue(new SegmentRing(options.MaxQueueBytes, options.MaxLineBytes), signal, options);
        var linger = Task.Run(() => signal.Linger(Timeout.Infinite, wasHurried: false));
        queue.TryAppend(Encoding.UTF8.GetBytes("{}\n"), LogLevel.Information);
        signal.Wake();
        Assert.False(await linger.WaitAsync(s_long));
        linger = Task.Run(() => signal.Linger(Timeout.Infinite, wasHurried: false));
        queue.TryAppend(Encoding.UTF8.GetBytes("{}\n"), LogLevel.Error);
        Assert.True(await linger.WaitAsync(s_long));
    }

    [Fact]
    public async Task A_hurry_before_the_linger_is_not_missed()
    {
        var signal = new WriterSignal();
        signal.Hurry();
        Assert.True(await Task.Run(() => signal.Linger(Timeout.Infinite, wasHurried: true)).WaitAsync(s_long));
    }

    [Fact]
    public void A_flush_of_all_outputs_says_whether_they_took_the_lines_in_time()
    {
        var sink = new MemorySink();
        using var output = new LogOutput(options => options.ExitWaitMilliseconds = 50, sink: sink);
        sink.Stall();
        output.Logger.LogInformation("stuck");
        Assert.False(JsonLinesOutput.Flush(TimeSpan.FromMilliseconds(50)));
        sink.Resume();
        Assert.True(output.Provider.Flush(30_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => JsonLinesOutput.Flush(TimeSpan.FromSeconds(-1)));
    }
}
