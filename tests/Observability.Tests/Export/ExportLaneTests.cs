using Observability.Export;
using OpenTelemetry;

namespace Observability.Tests.Export;

public class ExportLaneTests
{
    private long _failures;
    private int _drops;

    [Fact]
    public void A_full_queue_refuses_and_counts_and_opens_again()
    {
        var lane = Lane(capacity: 2);
        Assert.True(lane.TryEnter());
        Assert.True(lane.TryEnter());
        Assert.False(lane.TryEnter());
        Assert.Equal((2, 1, 1), (lane.Waiting, lane.Dropped, _drops));
        lane.Leave(2);
        Assert.True(lane.TryEnter());
    }

    [Fact]
    public void A_failed_export_counts_its_items_and_is_told()
    {
        var lane = Lane(capacity: 10);
        Assert.Equal(ExportResult.Failure, lane.Finish(ExportResult.Failure, 3));
        Assert.Equal((0, 3, 1, 3), (lane.Exported, lane.Failed, lane.FailingInARow, _failures));
        lane.Finish(ExportResult.Success, 2);
        Assert.Equal((2, 0), (lane.Exported, lane.FailingInARow));
    }

    [Fact]
    public void What_a_collector_rejects_is_lost_and_not_delivered()
    {
        var lane = Lane(capacity: 10);
        lane.Reject(4, "too old");
        lane.Finish(ExportResult.Success, 10);
        Assert.Equal((6, 4, 4), (lane.Exported, lane.Failed, _failures));
    }

    [Fact]
    public void Concurrent_producers_never_exceed_the_capacity()
    {
        var lane = Lane(capacity: 1000);
        var entered = 0;
        Parallel.For(0, 10_000, _ => { if (lane.TryEnter()) Interlocked.Increment(ref entered); });
        Assert.Equal((1000, 9000), (entered, lane.Dropped));
    }

    [Fact]
    public async Task A_flush_ends_with_the_export_and_not_with_the_reading_of_the_queue()
    {
        var lane = Lane(capacity: 10);
        lane.TryEnter();
        var read = new ManualResetEventSlim();
        var flush = Task.Factory.StartNew(() => lane.Flush(_ => { read.Set(); return true; }, Timeout.Infinite), TaskCreationOptions.LongRunning);
        read.Wait();
        Assert.False(flush.IsCompleted);
        // What enters later is not waited for.
        lane.TryEnter();
        lane.Leave(1);
        Assert.True(await flush);
    }

    [Fact]
    public void A_flush_of_an_export_that_does_not_end_ends_in_time()
    {
        var lane = Lane(capacity: 10);
        lane.TryEnter();
        Assert.False(lane.Flush(_ => true, 20));
        Assert.False(lane.Flush(_ => false, Timeout.Infinite));
        lane.Leave(1);
        Assert.True(lane.Flush(_ => true, 0));
    }

    private ExportLane Lane(int capacity) => new(Signal.Traces, "otlp", capacity, (_, items, _) => _failures += items, _ => Interlocked.Increment(ref _drops));
}
