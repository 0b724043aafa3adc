using Aiops.Pipeline.GatherContext.Sources;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Act;

/// <summary>
/// The tasks of an approved action's workflow. Each may be run again at any time: what was done is read from the request, and
/// what may have been done is never done again.
/// </summary>
public sealed partial class ActStep(
    ActionAllowList allowed, IActionStore store, IActionRunner runner, IIncidents incidents, IMetricSource? metrics, TimeProvider time, ILogger<ActStep> logger)
{
    private const string Us = "aiops";

    /// <summary>Whether what was approved is still what the allow-list makes of it, and in time. The last look before it starts.</summary>
    public async Task<ActOutput> ValidateAsync(ActInput input, CancellationToken cancellationToken)
    {
        var request = await GetAsync(input, cancellationToken);
        if (request.State is not ActionState.Approved)
        {
            return OutputOf(request);
        }

        if (IsStale(request))
        {
            return await ExpireAsync(request, cancellationToken);
        }

        var refusal = Prepare(allowed, request) switch
        {
            Preparation.Refused refused => refused.Because,
            Preparation.Ready { Action: var action } when action.Digest != request.DryRun!.Prepared => "what it would run isn't what was shown",
            _ => null,
        };
        return refusal is null
            ? OutputOf(request)
            : await MoveAsync(request with { State = ActionState.Refused, Because = $"The allow-list changed after the dry run: {refusal}." }, $"refused it: {refusal}", cancellationToken);
    }

    /// <summary>
    /// Starts it, once. That it is about to be started is written down first: found so by a later attempt, the runner is asked
    /// with <c>again</c>, and where it can't tell either, that is the outcome.
    /// </summary>
    public async Task<ActOutput> StartAsync(ActInput input, CancellationToken cancellationToken)
    {
        var request = await GetAsync(input, cancellationToken);
        var again = request.State is ActionState.Starting;
        if (!again && request.State is not ActionState.Approved)
        {
            return OutputOf(request);
        }

        if (!again && IsStale(request)) // The host may have been down since it was validated.
        {
            return await ExpireAsync(request, cancellationToken);
        }

        if (Prepare(allowed, request) is not Preparation.Ready { Action: var action } || action.Digest != request.DryRun!.Prepared)
        {
            return again
                ? await EndAsync(request, RunOutcome.Unknown, "The allow-list changed while it was being started; whether it started isn't known.", cancellationToken)
                : await MoveAsync(request with { State = ActionState.Refused, Because = "The allow-list changed after the dry run." }, "refused it: the allow-list changed", cancellationToken);
        }

        if (!again)
        {
            var starting = request with { State = ActionState.Starting, Version = request.Version + 1 };
            var line = new ActionLine(time.GetUtcNow(), Us, "workflow", "is about to start it", action.Digest);
            if (await store.SaveAsync(starting, line, cancellationToken) != ActionSave.Done)
            {
                return OutputOf(await GetAsync(input, cancellationToken)); // Another attempt is at it.
            }

            request = starting;
        }

        return await runner.StartAsync(action, request.Id, again, cancellationToken) switch
        {
            StartResult.Started started => await MoveAsync(request with { State = ActionState.Running, Handle = started.Handle }, "started it", cancellationToken, action.Digest),
            StartResult.NotStarted not => await EndAsync(request, RunOutcome.NotStarted, not.Because, cancellationToken),
            StartResult.Unknown unknown => await EndAsync(request, RunOutcome.Unknown, unknown.Because, cancellationToken),
            _ => throw new InvalidOperationException("A start of no known kind."),
        };
    }

    /// <summary>How far it is.</summary>
    public async Task<ActOutput> LookAsync(ActInput input, CancellationToken cancellationToken)
    {
        var request = await GetAsync(input, cancellationToken);
        return request is { State: ActionState.Running, Handle: { } handle } && await runner.StatusAsync(handle, cancellationToken) is { } run
            ? await EndAsync(request, run.Outcome, run.Output, cancellationToken)
            : OutputOf(request);
    }

    /// <summary>What the metric that alarmed did since, and the end of it.</summary>
    public async Task<ActOutput> CheckAsync(ActInput input, CancellationToken cancellationToken)
    {
        var request = await GetAsync(input, cancellationToken);
        if (request is not { State: ActionState.Ended, Run: { } run })
        {
            return OutputOf(request);
        }

        var incident = await incidents.GetAsync(request.IncidentId, cancellationToken);
        var check = await RecoveryCheck.JudgeAsync(metrics, incident, run.EndedAt, time.GetUtcNow(), cancellationToken);
        LogChecked(request.Id, check.Statement);
        return await MoveAsync(request with { State = ActionState.Closed, Check = check }, $"checked it: {check.Statement}", cancellationToken);
    }

    /// <summary>Closes what the workflow can't follow any more, as not known: another action of the incident may be needed.</summary>
    public async Task<ActOutput> GiveUpAsync(ActInput input, CancellationToken cancellationToken)
    {
        var request = await GetAsync(input, cancellationToken);
        var because = $"the workflow failed with {input.Error ?? "an error of no name"}.";
        if (GivenUp.Of(request, because, time.GetUtcNow()) is not { } given)
        {
            return OutputOf(request);
        }

        LogGivenUp(request.Id, because);
        return await store.SaveAsync(given, new ActionLine(time.GetUtcNow(), Us, "workflow", $"gave it up: {because}"), cancellationToken) == ActionSave.Done
            ? OutputOf(given)
            : OutputOf(await GetAsync(input, cancellationToken));
    }

    private bool IsStale(ActionRequest request) => time.GetUtcNow() - request.ApprovedAt > ActionDesk.Fresh;

    private Task<ActOutput> ExpireAsync(ActionRequest request, CancellationToken cancellationToken)
        => MoveAsync(request with { State = ActionState.Expired, Because = "It was approved more than 15 minutes before it could start." }, "let it expire", cancellationToken);

    internal static Preparation Prepare(ActionAllowList allowed, ActionRequest request)
        => allowed.Actions.FirstOrDefault(action => action.Id == request.Action) is not { } action
            ? new Preparation.Refused($"{request.Action} isn't on the allow-list")
            : request.Risk > action.MaxRisk ? new Preparation.Refused($"{request.Action} isn't allowed at this risk")
            : PreparedAction.Prepare(action, request.Parameters);

    private async Task<ActionRequest> GetAsync(ActInput input, CancellationToken cancellationToken)
        => await store.FindAsync(input.RequestId, cancellationToken) ?? throw new KeyNotFoundException($"There is no action {input.RequestId}.");

    private Task<ActOutput> EndAsync(ActionRequest request, RunOutcome outcome, string output, CancellationToken cancellationToken)
    {
        var text = ActionDesk.Output(output);
        var ended = request with { State = ActionState.Ended, Run = new ActionRun(outcome, text, time.GetUtcNow()) };
        return MoveAsync(ended, outcome switch
        {
            RunOutcome.Succeeded => "saw it succeed",
            RunOutcome.Failed => "saw it fail",
            RunOutcome.NotStarted => "couldn't start it",
            _ => "can't tell whether it ran: people must look",
        }, cancellationToken);
    }

    private async Task<ActOutput> MoveAsync(ActionRequest to, string what, CancellationToken cancellationToken, string? digest = null)
    {
        var next = to with { Version = to.Version + 1 };
        var saved = await store.SaveAsync(next, new ActionLine(time.GetUtcNow(), Us, "workflow", what, digest), cancellationToken);
        return saved == ActionSave.Done ? OutputOf(next) : OutputOf(await GetAsync(new ActInput(to.Id), cancellationToken));
    }

    private ActOutput OutputOf(ActionRequest request)
        => new(request.Id, request.State, allowed.Actions.FirstOrDefault(action => action.Id == request.Action)?.CheckAfterSeconds ?? 0);

    [LoggerMessage(LogLevel.Warning, "Gave up {RequestId}: {Because}")]
    private partial void LogGivenUp(string requestId, string because);

    [LoggerMessage(LogLevel.Information, "Checked {RequestId}: {Statement}")]
    private partial void LogChecked(string requestId, string statement);
}
