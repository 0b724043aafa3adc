using System.Collections.Concurrent;
using Aiops.Pipeline.Intake;

namespace Aiops.Pipeline.Review.Tickets;

/// <summary>
/// Looks for replies by the clock: the only way where a system sends no webhooks, and the net under those that do. Call it as
/// often as you like; it looks when it is due.
/// </summary>
public sealed class ReplyPoll(TicketReviews reviews, IIncidentStore incidents, TimeProvider time)
{
    /// <summary>How often tickets of incidents that aren't closed are looked into.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>How often those are that were closed less than <see cref="After"/> ago: people write the post-mortem then.</summary>
    public static readonly TimeSpan EveryClosed = TimeSpan.FromMinutes(5);

    /// <summary>How long after its last event a closed incident may still be reviewed in its ticket.</summary>
    public static readonly TimeSpan After = TimeSpan.FromDays(14);

    /// <summary>Tickets looked into at a time; where there are more, they take turns: what a system lets us ask is limited.</summary>
    public const int Most = 200;

    private const int AtOnce = 4;
    private const int MostListed = 1_000;

    private readonly ConcurrentDictionary<string, byte> asked = [];
    private readonly ReplyTurns turns = new(Most);

    private List<string> left = [];
    private DateTimeOffset due = DateTimeOffset.MinValue;
    private DateTimeOffset closedDue = DateTimeOffset.MinValue;

    /// <summary>How long after its beginning a run still looks into another ticket; those left are the first of the next run.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.MaxValue;

    /// <summary>Tickets asked for that haven't been looked into; more are left to the clock.</summary>
    public const int MostAsked = 1_000;

    /// <summary>A webhook says that there is something new: looked into with the next run. Lost when the process dies; the clock isn't.</summary>
    public void Ask(string incidentId)
    {
        if (asked.Count < MostAsked)
        {
            asked[incidentId] = 0;
        }
    }

    /// <returns>Replies acted on, and what could not be read; the rest was.</returns>
    public async Task<(int Taken, IReadOnlyList<Exception> Failures)> RunWhenDueAsync(CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        List<string> listed = [.. left, .. asked.Keys.Where(incident => asked.TryRemove(incident, out _))];
        listed = [.. began >= due ? listed.Union(await DueAsync(began, cancellationToken)) : listed.Distinct()];
        var taken = 0;
        ConcurrentBag<Exception> failures = [];
        ConcurrentDictionary<string, byte> late = [];
        await Parallel.ForEachAsync(listed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (incident, token) =>
        {
            if (time.GetUtcNow() - began > Longest)
            {
                late[incident] = 0;
                return;
            }

            try
            {
                Interlocked.Add(ref taken, await reviews.ReadAsync(incident, token));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures.Add(new InvalidOperationException($"The replies in the ticket of {incident} could not be read: {e.Message}", e));
            }
        });
        left = [.. listed.Where(late.ContainsKey)];
        return (taken, [.. failures]);
    }

    private async Task<List<string>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var withClosed = now >= closedDue;
        (due, closedDue) = (now + Every, withClosed ? now + EveryClosed : closedDue);
        List<Incident> going = [.. await incidents.ListAsync(IncidentStatus.Open, MostListed, cancellationToken), .. await incidents.ListAsync(IncidentStatus.Resolved, MostListed, cancellationToken)];
        var closed = withClosed ? await incidents.ListAsync(IncidentStatus.Closed, MostListed, cancellationToken) : [];
        return turns.Next([.. going.Select(one => one.Id)], [.. closed.Where(one => now - one.LastEventAt < After).Select(one => one.Id)]);
    }
}
