using Aiops.Pipeline.Intake;

namespace Aiops.Pipeline.Review;

/// <summary>
/// All that the clock asks for: ended holds and windows, executions not started, signals that a waiting workflow hasn't been
/// told. Run it every few seconds, or minutes: nothing is lost in between, it only comes later.
/// </summary>
public sealed class IncidentSweep(IIncidentStore incidents, IntakeSweep intake, ReviewStep review)
{
    /// <summary>Signals listed at a time.</summary>
    public const int BatchSize = 100;

    public async Task<Swept> RunAsync(CancellationToken cancellationToken)
    {
        var swept = await intake.RunAsync(cancellationToken);
        List<Exception> failures = [.. swept.Failures];
        var signals = await HandOnAllAsync(failures, cancellationToken);
        try
        {
            var delivered = await review.DeliverAllAsync(cancellationToken);
            failures.AddRange(delivered.Failures);
            signals += delivered.Count;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failures.Add(e);
        }

        return new Swept(swept, signals) { Failures = failures };
    }

    // Until fewer than were asked for are left. One that fails is passed by, and one that comes again unchanged isn't tried again.
    private async Task<int> HandOnAllAsync(List<Exception> failures, CancellationToken cancellationToken)
    {
        HashSet<(string, long)> tried = [];
        var (signals, failed) = (0, 0);
        try
        {
            while (true)
            {
                var (asked, before) = (BatchSize + failed, tried.Count);
                var listed = await incidents.ListPendingAsync(asked, cancellationToken);
                foreach (var pending in listed.Where(one => tried.Add((one.IncidentId, one.Revision))))
                {
                    try
                    {
                        // First left where it can't be lost, then forgotten here: twice is harmless, for the desk keeps the stronger one.
                        await review.SignalAsync(pending.IncidentId, pending.ToReview(), cancellationToken);
                        await incidents.ClearPendingAsync(pending, cancellationToken);
                        signals++;
                    }
                    catch (Exception e) when (e is not OperationCanceledException)
                    {
                        failed++;
                        failures.Add(new InvalidOperationException($"The signal of {pending.IncidentId} could not be handed on: {e.Message}", e));
                    }
                }

                if (listed.Count < asked || tried.Count == before)
                {
                    return signals;
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException) // They couldn't be listed.
        {
            failures.Add(e);
            return signals;
        }
    }
}

/// <param name="Signals">Signals laid on the desk or delivered.</param>
public sealed record Swept(SweepResult Intake, int Signals)
{
    /// <summary>What could not be done, intake's included; the rest was.</summary>
    public IReadOnlyList<Exception> Failures { get; init; } = [];

    /// <exception cref="AggregateException">Something could not be done.</exception>
    public void ThrowFailures()
    {
        if (Failures.Count > 0)
        {
            throw new AggregateException("The sweep did all but a part of its work.", Failures);
        }
    }
}
