using Aiops.Pipeline.Reason.Models;
using Aiops.Pipeline.Review;
using Microsoft.Extensions.AI;

namespace Aiops.Pipeline.Reason;

/// <summary>
/// Looks whether the model is back, where incidents wait for it, and sends those round again by their <c>changed</c> signal. Call
/// it as often as you like; it looks when it is due, and not at all while nobody waits.
/// </summary>
/// <remarks>The workflow goes round a stated number of times: an incident that used them up is enriched no more.</remarks>
public sealed class ModelReturn(MeteredModel model, IModelOutages outages, IIncidents incidents, ReviewStep reviews)
{
    /// <summary>How often is looked at first; the pause doubles up to <see cref="Longest"/>.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Incidents sent round at a time, the ones that have waited longest first: each asks the model again.</summary>
    public const int Most = 20;

    private readonly TimeProvider time = model.Clock;

    private DateTimeOffset due = DateTimeOffset.MinValue;
    private TimeSpan pause = Every;

    /// <returns>How many were sent round.</returns>
    public async Task<int> RunWhenDueAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() < due)
        {
            return 0;
        }

        due = time.GetUtcNow() + pause;
        var waiting = await outages.ListAsync(Most, cancellationToken);
        var open = await StillOpenAsync(waiting, cancellationToken);
        if (open.Count == 0)
        {
            pause = Every;
            return 0;
        }

        if (!await AnswersAsync(cancellationToken))
        {
            pause = pause * 2 < Longest ? pause * 2 : Longest;
            return 0;
        }

        pause = Every;
        foreach (var outage in open)
        {
            // Signalled first: dying in between costs a round, and no incident its explanation.
            await reviews.SignalAsync(outage.IncidentId, new ReviewSignal { Signal = ReviewSignalKind.Changed, Reason = "the model is back" }, cancellationToken);
            await outages.RemoveAsync(outage.IncidentId, cancellationToken);
        }

        return open.Count;
    }

    private async Task<List<ModelOutage>> StillOpenAsync(IReadOnlyList<ModelOutage> waiting, CancellationToken cancellationToken)
    {
        List<ModelOutage> open = [];
        foreach (var outage in waiting)
        {
            if ((await incidents.GetAsync(outage.IncidentId, cancellationToken)).Status is IncidentStatus.Open)
            {
                open.Add(outage);
            }
            else
            {
                await outages.RemoveAsync(outage.IncidentId, cancellationToken);
            }
        }

        return open;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            var key = $"look/{time.GetUtcNow().UtcTicks}";
            await model.AskAsync(MeteredModel.Looks, key, [new ChatMessage(ChatRole.User, "Answer with the word yes.")], new ChatOptions { MaxOutputTokens = 400 }, cancellationToken);
            return true;
        }
        catch (ModelException e)
        {
            return e.Failure is ModelFailure.Malformed; // It speaks, whatever it says: a model that thinks first may not have come to the word.
        }
    }
}
