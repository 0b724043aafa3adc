using Aiops.Pipeline.Intake.Deciding;
using Aiops.Pipeline.Intake.Scopes;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Intake;

/// <summary>A message from the queue, read.</summary>
/// <param name="Receipt">Whatever names the message to whoever deletes it.</param>
public sealed record IntakeMessage(string Receipt, IReadOnlyList<Trigger> Triggers);

/// <summary>What became of a batch of messages.</summary>
/// <param name="Done">Receipts that may be deleted: all that they hold is committed, and every execution concerned runs.</param>
/// <param name="Failed">The others, which must come again, each with the reason.</param>
/// <param name="Decisions">What was decided and committed, by scope, in the order of deciding.</param>
public sealed record IntakeResult(
    IReadOnlyList<string> Done, IReadOnlyDictionary<string, string> Failed, IReadOnlyList<TriggerDecision> Decisions);

/// <param name="IncidentId">Also the execution's name. Nothing that may change stands here: a second start must look the same.</param>
public sealed record WorkflowInput(string IncidentId, string Scope);

/// <summary>
/// The queue's consumer: reads a scope, decides, commits if nobody else did, starts what is not started. Only what comes
/// back as done may be deleted from the queue, so whoever dies at any moment leaves it to the next delivery or the sweep.
/// </summary>
public sealed partial class IntakeStep(
    IIncidentStore store, IWorkflowStarter workflows, IntakeRules rules, ICorrelationTopology topology, TimeProvider time, ILogger<IntakeStep> logger)
{
    /// <summary>The scope of triggers that name no account.</summary>
    public const string LocalScope = "local";

    private readonly ScopeWriter writer = new(store, time);
    private readonly ExecutionStarts starts = new(store, workflows);

    /// <summary>Never throws for one message's sake: what fails is named in the result.</summary>
    public async Task<IntakeResult> RunAsync(IReadOnlyList<IntakeMessage> messages, CancellationToken cancellationToken)
    {
        Dictionary<string, string> failed = [];
        List<TriggerDecision> decisions = [];
        foreach (var scope in messages.SelectMany(message => message.Triggers).GroupBy(ScopeOf).OrderBy(scope => scope.Key, StringComparer.Ordinal))
        {
            try
            {
                var decided = await DecideAsync(scope.Key, [.. scope], cancellationToken);
                decisions.AddRange(decided);
                var notStarted = await starts.StartAsync(scope.Key, cancellationToken);
                foreach (var decision in decided.Where(d => d.IncidentId is not null && notStarted.ContainsKey(d.IncidentId)))
                {
                    Fail(message => message.Triggers.Contains(decision.Trigger), notStarted[decision.IncidentId!]);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Fail(message => message.Triggers.Any(trigger => ScopeOf(trigger) == scope.Key), e.Message);
            }
        }

        return new IntakeResult([.. messages.Select(m => m.Receipt).Where(receipt => !failed.ContainsKey(receipt))], failed, decisions);

        void Fail(Func<IntakeMessage, bool> concerned, string reason)
        {
            foreach (var message in messages.Where(concerned))
            {
                failed[message.Receipt] = reason;
            }
        }
    }

    public static string ScopeOf(Trigger trigger) => string.IsNullOrEmpty(trigger.Account) ? LocalScope : trigger.Account;

    private async Task<IReadOnlyList<TriggerDecision>> DecideAsync(string scope, IReadOnlyList<Trigger> batch, CancellationToken cancellationToken)
    {
        var graph = await topology.CurrentAsync(cancellationToken);
        var decision = await writer.WriteAsync(
            scope,
            SnapshotRequest.For(batch),
            (snapshot, now) => IntakeDecider.Decide(snapshot, batch, now, rules, graph),
            cancellationToken);
        foreach (var opened in decision.Changes.Opened)
        {
            LogOpened(opened.Id, opened.Title, scope);
        }

        return decision.Triggers;
    }

    [LoggerMessage(LogLevel.Information, "Opened {IncidentId} in {Scope}: {Title}")]
    private partial void LogOpened(string incidentId, string title, string scope);
}
