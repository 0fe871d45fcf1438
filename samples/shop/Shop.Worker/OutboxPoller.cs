using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using OpenTelemetry;
using Shop.Data;

namespace Shop.Worker;

/// <summary>Looks for new messages and hands them on, oldest first. One worker a database: rows are not claimed.</summary>
internal sealed class OutboxPoller(IServiceScopeFactory scopes, TimeProvider time, ILogger<OutboxPoller> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private const int BatchSize = 32;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var table = scope.ServiceProvider.GetRequiredService<PackingTable>();
                foreach (var message in await Waiting(scope.ServiceProvider.GetRequiredService<ShopDatabase>(), stoppingToken))
                    await table.Process(message, stoppingToken);
            }
            catch (DbException failure)
            {
                // The database is away, or Shop.Orders has not made the tables yet: the next tick tries again.
                PackingLog.PollFailed(log, failure.Message);
            }
        }
    }

    private static async Task<List<OutboxMessage>> Waiting(ShopDatabase database, CancellationToken cancel)
    {
        // Five empty looks a second are not worth a trace each.
        using var silence = SuppressInstrumentationScope.Begin();
        return await database.Outbox.Include(message => message.Order)
            .Where(message => message.ProcessedAt == null)
            .OrderBy(message => message.Id)
            .Take(BatchSize)
            .ToListAsync(cancel);
    }
}
