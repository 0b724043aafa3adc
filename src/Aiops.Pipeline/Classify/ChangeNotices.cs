using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using Aiops.Pipeline.Review;

namespace Aiops.Pipeline.Classify;

/// <summary>A change is first a pending signal beside the incident and then lies on the review desk: it is taken back from both.</summary>
public sealed class ChangeNotices(IIncidentStore store, IReviewDesk desk) : IChangeNotices
{
    public async Task AcknowledgeAsync(string incidentId, CancellationToken cancellationToken)
    {
        foreach (var pending in await store.ListPendingAsync(int.MaxValue, cancellationToken))
        {
            if (pending.IncidentId == incidentId && !pending.Signals.HasFlag(PendingSignals.Resolved))
            {
                await store.ClearPendingAsync(pending, cancellationToken);
            }
        }

        await desk.WithdrawChangedAsync(incidentId, cancellationToken);
    }
}
