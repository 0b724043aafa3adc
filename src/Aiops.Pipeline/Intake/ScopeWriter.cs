using System.Collections.Concurrent;
using Aiops.Pipeline.Intake.Deciding;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake;

/// <summary>
/// Reads a scope, decides, commits; where somebody else committed in between, reads and decides again. Writers of one
/// instance take turns, so that only other instances and processes are met in conflict.
/// </summary>
public sealed class ScopeWriter(IIncidentStore store, TimeProvider time)
{
    /// <summary>
    /// Of writers that meet, one always gets through, so this many lost races in a row mean that something else is wrong.
    /// </summary>
    public const int MaxAttempts = 50;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);

    /// <summary>The decision that was committed. One that changes nothing isn't committed and doesn't conflict.</summary>
    /// <exception cref="StoreUnavailableException">The scope was never the same twice; nothing was written.</exception>
    public async Task<IntakeDecision> WriteAsync(
        string scope, SnapshotRequest request, Func<ScopeSnapshot, DateTimeOffset, IntakeDecision> decide, CancellationToken cancellationToken)
    {
        var turn = turns.GetOrAdd(scope, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                var snapshot = await store.LoadAsync(scope, request, cancellationToken);
                var now = time.GetUtcNow();
                var decision = decide(snapshot, now);
                if (decision.Changes.AreEmpty
                    || await store.CommitAsync(scope, snapshot.Version, decision.Changes, now, cancellationToken))
                {
                    return decision;
                }
            }
        }
        finally
        {
            turn.Release();
        }

        throw new StoreUnavailableException($"The incidents of {scope} changed {MaxAttempts} times while they were decided on.");
    }
}
