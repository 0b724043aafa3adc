using Aiops.Pipeline.Intake.Deciding;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake;

/// <summary>
/// Does what no message asks for: takes up holds and suppressions that ended, closes what has been quiet, starts what was
/// not started. Run it every few seconds, and whenever <see cref="NextDueAsync"/> says so in a replay.
/// </summary>
public sealed class IntakeSweep(IIncidentStore store, IWorkflowStarter workflows, IntakeRules rules, ICorrelationTopology topology, TimeProvider time)
{
    /// <summary>Subjects looked at in one commit.</summary>
    public const int BatchSize = 100;

    private readonly ScopeWriter writer = new(store, time);
    private readonly ExecutionStarts starts = new(store, workflows);

    /// <summary>Until nothing is due.</summary>
    /// <returns>What was decided on holds that ended; and the executions that could not be started.</returns>
    public async Task<SweepResult> RunAsync(CancellationToken cancellationToken)
    {
        List<TriggerDecision> decisions = [];
        for (var progress = true; progress;)
        {
            progress = false;
            var graph = await topology.CurrentAsync(cancellationToken);
            foreach (var work in await store.ListDueAsync(time.GetUtcNow(), BatchSize, cancellationToken))
            {
                var request = new SnapshotRequest { Subjects = work.Subjects, Incidents = work.Incidents };
                var decision = await writer.WriteAsync(
                    work.Scope, request, (snapshot, now) => IntakeDecider.Sweep(snapshot, now, rules, graph), cancellationToken);
                decisions.AddRange(decision.Triggers);
                progress |= !decision.Changes.AreEmpty; // Another process may have been here first.
            }
        }

        return new SweepResult(decisions, await starts.StartAsync(null, cancellationToken));
    }

    /// <summary>When there is something to sweep next; null where nothing waits.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => store.NextDueAsync(cancellationToken);
}

/// <param name="NotStarted">Incidents whose execution could not be started, each with the reason: tried again by the next sweep.</param>
public sealed record SweepResult(IReadOnlyList<TriggerDecision> Decisions, IReadOnlyDictionary<string, string> NotStarted);
