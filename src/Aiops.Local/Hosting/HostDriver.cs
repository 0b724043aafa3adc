using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Local.Hosting;

/// <summary>
/// Takes a host's work forward: queue to incidents, incidents to workflows, what changed to whoever waits for it. Knows no
/// clock: <see cref="LiveSession"/> and <see cref="ReplaySession"/> say when.
/// </summary>
public sealed class HostDriver(LocalHost host)
{
    private const int Batch = 64; // As many as one commit carries comfortably; larger only makes a storm's first ticket later.

    /// <summary>Consumes until the queue has nothing visible.</summary>
    public async Task<IReadOnlyList<ConsumedEvent>> ConsumeAllAsync(CancellationToken cancellationToken)
    {
        List<ConsumedEvent> all = [];
        while (await ConsumeAsync(cancellationToken) is { Count: > 0 } some)
        {
            all.AddRange(some);
        }

        return all;
    }

    /// <summary>One batch; empty when nothing was visible.</summary>
    public Task<IReadOnlyList<ConsumedEvent>> ConsumeAsync(CancellationToken cancellationToken) => host.Consumer.ConsumeAsync(Batch, cancellationToken);

    /// <summary>What is due by the clock.</summary>
    /// <returns>How much was.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var swept = await host.Sweep.RunAsync(cancellationToken);
        swept.ThrowFailures();
        return swept.Intake.Decisions.Count + swept.Signals;
    }

    /// <summary>Works until only time and people are waited for. For the holder of the host lock.</summary>
    public async Task SettleDownAsync(CancellationToken cancellationToken)
    {
        while (await SweepAsync(cancellationToken) + await host.Workflow.PumpAsync(cancellationToken) > 0)
        {
            await host.Workflow.IdleAsync(cancellationToken);
        }
    }

    /// <summary>When the clock alone will bring something about; null when it won't.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        var intake = await host.Incidents.NextDueAsync(cancellationToken);
        return (intake, host.Workflow.NextDue) switch
        {
            ({ } one, { } other) => one < other ? one : other,
            var (one, other) => one ?? other,
        };
    }
}
