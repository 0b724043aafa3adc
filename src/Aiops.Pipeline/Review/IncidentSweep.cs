using Aiops.Pipeline.Intake;

namespace Aiops.Pipeline.Review;

/// <summary>
/// All that the clock asks for: ended holds and windows, executions not started, signals that a waiting workflow hasn't been
/// told. Run it every few seconds, or minutes: nothing is lost in between, it only comes later.
/// </summary>
public sealed class IncidentSweep(IIncidentStore incidents, IntakeSweep intake, ReviewStep review)
{
    private const int MostSignals = 100; // The next sweep takes the rest.

    public async Task<Swept> RunAsync(CancellationToken cancellationToken)
    {
        var swept = await intake.RunAsync(cancellationToken);
        var signals = 0;
        foreach (var pending in await incidents.ListPendingAsync(MostSignals, cancellationToken))
        {
            // First left where it can't be lost, then forgotten here: twice is harmless, for the desk keeps the stronger one.
            await review.SignalAsync(pending.IncidentId, pending.ToReview(), cancellationToken);
            await incidents.ClearPendingAsync(pending, cancellationToken);
            signals++;
        }

        return new Swept(swept, signals + await review.DeliverAllAsync(cancellationToken));
    }
}

/// <param name="Signals">Signals laid on the desk or delivered.</param>
public sealed record Swept(SweepResult Intake, int Signals);
