using Quartz;

namespace Libraries;

internal static class QuartzWork
{
    private static readonly TaskCompletionSource Done = new();

    public static async Task Run()
    {
        var scheduler = await QuartzSchedulerBuilder.Create(_ => { }).BuildScheduler();
        await scheduler.ScheduleJob(JobBuilder.Create<Nightly>().WithIdentity("nightly", "reports").Build(), TriggerBuilder.Create().StartNow().Build());
        await scheduler.Start();
        await Done.Task.WaitAsync(TimeSpan.FromSeconds(90));
        await scheduler.Shutdown(waitForJobsToComplete: true);
    }

    internal sealed class Nightly : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            Done.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
