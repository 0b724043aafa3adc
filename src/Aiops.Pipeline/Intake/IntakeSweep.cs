using Aiops.Analysis.Topology;
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

    /// <summary>Until nothing is due but what fails: a scope that can't be swept keeps no other from it.</summary>
    public async Task<SweepResult> RunAsync(CancellationToken cancellationToken)
    {
        List<TriggerDecision> decisions = [];
        Dictionary<string, Exception> failed = new(StringComparer.Ordinal);
        var (progress, stuck) = (true, 0);
        while (progress)
        {
            progress = false;
            var left = 0;
            var graph = await topology.CurrentAsync(cancellationToken);
            foreach (var work in await store.ListDueAsync(time.GetUtcNow(), BatchSize + stuck, cancellationToken)) // So that they hide no other's.
            {
                if (!failed.ContainsKey(work.Scope))
                {
                    progress |= await SweepAsync(work, graph, decisions, failed, cancellationToken);
                }

                left += failed.ContainsKey(work.Scope) ? Math.Max(work.Subjects.Count, work.Incidents.Count) : 0;
            }

            (progress, stuck) = (progress || left > stuck, Math.Max(left, stuck));
        }

        List<Exception> failures = [.. failed.Values];
        IReadOnlyDictionary<string, string> notStarted = new Dictionary<string, string>();
        try
        {
            notStarted = await starts.StartAsync(null, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failures.Add(e);
        }

        return new SweepResult(decisions, notStarted) { Failures = failures };
    }

    /// <returns>Whether anything was changed: another process may have been here first.</returns>
    private async Task<bool> SweepAsync(
        DueWork work, ServiceGraph graph, List<TriggerDecision> decisions, Dictionary<string, Exception> failed, CancellationToken cancellationToken)
    {
        try
        {
            var request = new SnapshotRequest { Subjects = work.Subjects, Incidents = work.Incidents };
            var decision = await writer.WriteAsync(
                work.Scope, request, (snapshot, now) => IntakeDecider.Sweep(snapshot, now, rules, graph), cancellationToken);
            decisions.AddRange(decision.Triggers);
            return !decision.Changes.AreEmpty;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed[work.Scope] = new InvalidOperationException($"The scope '{work.Scope}' could not be swept: {e.Message}", e);
            return false;
        }
    }

    /// <summary>When there is something to sweep next; null where nothing waits.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => store.NextDueAsync(cancellationToken);
}

/// <param name="Decisions">What was decided on holds that ended.</param>
/// <param name="NotStarted">Incidents whose execution could not be started, each with the reason: tried again by the next sweep.</param>
public sealed record SweepResult(IReadOnlyList<TriggerDecision> Decisions, IReadOnlyDictionary<string, string> NotStarted)
{
    /// <summary>What kept a scope from being swept, or starts from being listed: whoever swept must not keep it to himself.</summary>
    public IReadOnlyList<Exception> Failures { get; init; } = [];
}
