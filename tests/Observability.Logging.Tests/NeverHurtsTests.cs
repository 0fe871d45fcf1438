using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

public class NeverHurtsTests
{
    [Fact]
    public void With_a_stalled_output_memory_is_bounded_the_lowest_levels_go_first_and_every_line_is_accounted_for()
    {
        var sink = new MemorySink();
        using var output = new LogOutput(options => options.MaxQueueBytes = 1 << 20, sink: sink);
        sink.Stall();
        const int Each = 20_000;
        LogLevel[] levels = [LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error];
        for (var i = 0; i < Each; i++)
            foreach (var level in levels) output.Logger.Log(level, "line {Number}", i);
        var dropped = levels.Select(level => output.Provider.Queue.Dropped[level]).ToArray();
        Assert.True(dropped[0] > dropped[1] && dropped[1] > dropped[2] && dropped[2] > dropped[3], string.Join(' ', dropped));
        sink.Resume();
        var lines = output.Json();
        var reported = lines.Where(line => line.TryGetProperty("diagnostic", out var id) && id.GetString() == "OBS2001").ToArray();
        var arrived = lines.Length - reported.Length;
        output.Dispose();
        reported = sink.ToArray().AsLines().Select(LogOutput.Parse).Where(line => line.TryGetProperty("diagnostic", out var id) && id.GetString() == "OBS2001").ToArray();
        Assert.Equal(levels.Length * Each, arrived + dropped.Sum());
        Assert.Equal(dropped.Sum(), reported.Sum(line => line.GetProperty("dropped").GetInt64()));
        Assert.Equal(dropped[0], reported.Sum(line => line.GetProperty("dropped_debug").GetInt64()));
    }

    [Fact]
    public void An_output_that_fails_or_takes_little_at_a_time_recovers_without_a_torn_or_lost_line()
    {
        var sink = new MemorySink { Most = 1_000 };
        using var output = new LogOutput(sink: sink);
        for (var i = 0; i < 3; i++) sink.Failures.Enqueue(new IOException("no space left"));
        for (var i = 0; i < 500; i++) output.Logger.LogInformation("line {Number}", i);
        Assert.Equal(Enumerable.Range(0, 500), output.Json().Select(line => line.GetProperty("Number").GetInt32()));
    }

    /// <summary>So many threads that each has a counter of its own for what it commits, and so many that some share one.</summary>
    [Theory]
    [InlineData(8, 20_000)]
    [InlineData(2 * CommitSlot.Count, 1_000)]
    public void Lines_of_many_threads_arrive_whole_and_each_threads_in_order(int many, int each)
    {
        using var output = new LogOutput(options => options.MaxQueueBytes = 256 << 20);
        using var all = new Barrier(many);
        var threads = Enumerable.Range(0, many).Select(thread => new Thread(() =>
        {
            all.SignalAndWait();
            for (var i = 0; i < each; i++) output.Logger.LogInformation("{Thread} {Number}", thread, i);
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        var lines = output.Json();
        Assert.Equal(many * each, lines.Length);
        foreach (var thread in lines.GroupBy(line => line.GetProperty("Thread").GetInt32()))
            Assert.Equal(Enumerable.Range(0, each), thread.Select(line => line.GetProperty("Number").GetInt32()));
    }

    [Fact]
    public void A_full_queue_can_be_waited_for_and_then_nothing_is_lost()
    {
        using var output = new LogOutput(options =>
        {
            options.MaxQueueBytes = 1 << 20;
            options.WhenFull = FullQueue.Wait;
            options.FullWaitMilliseconds = 60_000;
        });
        for (var i = 0; i < 50_000; i++) output.Logger.LogDebug("line {Number}", i);
        Assert.Equal(50_000, output.Lines().Length);
        Assert.Equal(0, output.Provider.Queue.Dropped.Total);
    }

    [Fact]
    public void After_the_end_a_line_is_counted_and_nothing_throws()
    {
        var output = new LogOutput();
        output.Logger.LogInformation("before");
        output.Dispose();
        output.Logger.LogInformation("after");
        output.Dispose();
        Assert.Equal(1, output.Provider.Queue.Dropped[LogLevel.Information]);
        Assert.Single(((MemorySink)output.Sink).ToArray().AsLines());
    }

    [Fact]
    public async Task An_output_that_never_takes_anything_delays_the_end_by_a_bounded_time_only()
    {
        const int Count = 5_000;
        var sink = new MemorySink();
        var output = new LogOutput(options => options.ExitWaitMilliseconds = 50, sink: sink);
        sink.Stall();
        for (var i = 0; i < Count; i++) output.Logger.LogInformation("stuck {Number}", i);
        await Task.Run(output.Dispose).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(Count, output.Provider.Health.LostLines);
        sink.Resume();
    }

    [Fact]
    public void What_a_failing_output_has_not_taken_at_the_end_is_lost_line_by_line()
    {
        const int Count = 20_000;
        var sink = new MemorySink { Most = 100_000 };
        var output = new LogOutput(options => options.ExitWaitMilliseconds = 50, sink: sink);
        sink.Stall();
        for (var i = 0; i < Count; i++) output.Logger.LogInformation("line {Number}", i);
        sink.FailsAfter = 250_000;
        sink.Resume();
        output.Dispose();
        Assert.Equal(Count, output.Provider.Health.Lines + output.Provider.Health.LostLines);
        Assert.InRange(output.Provider.Health.LostLines, 1, Count - 1);
    }

    [Fact]
    public void A_line_longer_than_a_block_hangs_nobody()
    {
        using var output = new LogOutput(options =>
        {
            options.MaxLineBytes = 128 << 10;
            options.MaxQueueBytes = 1 << 20;
        });
        for (var i = 0; i < 20; i++) output.Logger.LogInformation("{Text}", new string('x', 500_000));
        Assert.All(output.Lines(), line => Assert.InRange(line.Length, 60_000, 128 << 10));
    }
}
