using System.Text.Json;
using System.Text.RegularExpressions;
using Aiops.Pipeline.Masking;

namespace Aiops.Pipeline.Act;

/// <summary>
/// Where people propose an action, see what it would do, and release it. Off while the allow-list is empty; then every method
/// but the looking ones refuses and says how to turn it on.
/// </summary>
/// <remarks>An approval is for one dry run, by its digest, for a quarter of an hour; one action of an incident at a time.</remarks>
public sealed partial class ActionDesk(
    ActionAllowList allowed, IActionStore store, IActionRunner runner, IActionWorkflowStarter workflow, IIncidents incidents, IDocumentStore documents, TimeProvider time)
{
    /// <summary>How long a dry run may be approved, and how long an approval holds until the action starts; the last moment included.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>How long an action must have been silent, beyond the wait for its check, before a person may close it; the last moment not included.</summary>
    public static readonly TimeSpan Hanging = TimeSpan.FromHours(1);

    private const int LongestOutput = 32 * 1024;

    // Log and requests are read one after the other: what somebody did in between looks like a break, and only once.
    private const int Looks = 3;

    private readonly ActionPlace places = new(documents, allowed);

    /// <summary>Whether anything may be run here at all.</summary>
    public bool IsOff => allowed.IsOff;

    public Task<IReadOnlyList<ActionRequest>> ListAsync(string? incidentId, CancellationToken cancellationToken) => store.ListAsync(incidentId, cancellationToken);

    public Task<ActionRequest?> ShowAsync(string requestId, CancellationToken cancellationToken) => store.FindAsync(requestId, cancellationToken);

    public Task<IReadOnlyList<ActionLogEntry>> LogAsync(CancellationToken cancellationToken) => store.LogAsync(cancellationToken);

    /// <summary>What is wrong with the log; null when it is whole.</summary>
    public async Task<string?> LogProblemAsync(CancellationToken cancellationToken)
    {
        string? problem = null;
        for (var look = 0; look < Looks; look++)
        {
            problem = ActionLog.Problem(await store.LogAsync(cancellationToken), await store.ListAsync(null, cancellationToken));
            if (problem is null)
            {
                break;
            }
        }

        return problem;
    }

    /// <summary>What may be proposed now: steps of the newest recommendations that the list carries out and this host runs, in the comment's order.</summary>
    public async Task<IReadOnlyList<ActionOffer>> OffersAsync(Incident incident, CancellationToken cancellationToken)
        => allowed.IsOff || incident.Status is IncidentStatus.Closed ? []
            : [.. (await places.AllAsync(incident, cancellationToken)).Where(offer => runner.Runs(offer.Action))];

    /// <summary>Asks for one step of a recommendation. Nothing runs by it.</summary>
    public async Task<ActionAnswer> ProposeAsync(ActionProposal proposal, ActionCaller caller, CancellationToken cancellationToken)
    {
        if (Barred(caller, ActionRole.Reviewer) is { } barred)
        {
            return barred;
        }

        if (!RequestId().IsMatch(proposal.RequestId))
        {
            return Refused("A request's id is ACT- and up to 60 letters, digits and hyphens", "Give it one like ACT-20260316-1.");
        }

        var incident = await incidents.GetAsync(proposal.IncidentId, cancellationToken);
        if (incident.Status is IncidentStatus.Closed)
        {
            return Refused($"{incident.Id} is closed", "Act on an incident that goes on.");
        }

        var found = await places.FindAsync(incident, proposal, cancellationToken);
        if (found is not ActionPlace.Found.Here here)
        {
            var nothing = (ActionPlace.Found.Nothing)found;
            return Refused(nothing.Because, nothing.Remedy);
        }

        if (!runner.Runs(here.Action))
        {
            return Refused($"This host can't run {here.Action.Id}", "Documents run in an AWS account, commands on the embedded host.");
        }

        var parameters = ActionPlace.Parameters(here, incident, proposal);
        if (PreparedAction.Prepare(here.Action, parameters) is Preparation.Refused refused)
        {
            return Refused($"{here.Action.Id} can't be run so: {refused.Because}", "The allow-list says what each parameter takes.");
        }

        var request = new ActionRequest
        {
            Id = proposal.RequestId,
            IncidentId = incident.Id,
            Round = here.Round,
            Recommendation = proposal.Recommendation,
            Step = proposal.Step,
            Action = here.Action.Id,
            Component = here.Component,
            Parameters = parameters,
            Risk = here.Recommendation.Risk,
            Rollback = here.Recommendation.Rollback,
            ProposedBy = caller.Name,
            ProposedById = caller.Id,
            ProposedAt = time.GetUtcNow(),
            State = ActionState.Proposed,
            Version = 1,
        };
        if (await store.FindAsync(request.Id, cancellationToken) is { } known)
        {
            return IsSame(known, request) ? new ActionAnswer.Done(known) : Refused($"{request.Id} is another request", "Give each request an id of its own.");
        }

        await ExpireOldAsync(incident.Id, cancellationToken);
        return await store.SaveAsync(request, LineOf(caller, $"proposed {here.Action.Id} on {here.Component}"), cancellationToken) switch
        {
            ActionSave.Done => new ActionAnswer.Done(request),
            ActionSave.Busy => Refused($"Another action of {incident.Id} is under way", "One at a time: see it with `aiops actions list`."),
            _ => await store.FindAsync(request.Id, cancellationToken) is { } now && IsSame(now, request)
                ? new ActionAnswer.Done(now)
                : Refused($"{request.Id} is another request", "Give each request an id of its own."),
        };
    }

    /// <summary>Makes the dry run anew and shows it; what was shown before can't be approved any more.</summary>
    public async Task<ActionAnswer> DryRunAsync(string requestId, ActionCaller caller, CancellationToken cancellationToken)
    {
        if (Barred(caller, ActionRole.Reviewer) is { } barred)
        {
            return barred;
        }

        if (await store.FindAsync(requestId, cancellationToken) is not { } request)
        {
            return Unknown(requestId);
        }

        if (request.State is not (ActionState.Proposed or ActionState.Shown))
        {
            return Refused($"{requestId} is {Word(request.State)}", "Propose it anew.");
        }

        var prepared = ActStep.Prepare(allowed, request);
        if (prepared is not Preparation.Ready { Action: var action })
        {
            return Refused($"{requestId} can't be run any more: {((Preparation.Refused)prepared).Because}", "Propose it anew.");
        }

        var result = await runner.DryRunAsync(action, cancellationToken);
        var output = Output(result.Output);
        var now = time.GetUtcNow();
        var shown = new ShownDryRun(action.Line, output, now, action.Digest, PreparedAction.DigestOf($"{action.Digest}\n{request.Id}\n{output}"));
        var next = request with { State = result.Succeeded ? ActionState.Shown : ActionState.Proposed, DryRun = result.Succeeded ? shown : null, Version = request.Version + 1 };
        var line = LineOf(caller, result.Succeeded ? "was shown the dry run" : "had a dry run made, which failed") with { Digest = shown.Digest };
        if (await store.SaveAsync(next, line, cancellationToken) != ActionSave.Done)
        {
            return Changed(requestId);
        }

        return result.Succeeded ? new ActionAnswer.Done(next) : Refused($"The dry run of {action.Action.Id} failed: {output}", "Nothing was run; mend what it says.");
    }

    /// <summary>Releases what the dry run showed, and starts its workflow.</summary>
    /// <param name="digest">Of the dry run that the approver saw.</param>
    public async Task<ActionAnswer> ApproveAsync(string requestId, string digest, ActionCaller caller, CancellationToken cancellationToken)
    {
        if (Barred(caller, ActionRole.Approver) is { } barred)
        {
            return barred;
        }

        if (await store.FindAsync(requestId, cancellationToken) is not { } request)
        {
            return Unknown(requestId);
        }

        if (request.State is ActionState.Approved && request.ApprovedBy == caller.Name && request.DryRun?.Digest == digest)
        {
            await StartAsync(request.Id, cancellationToken); // Whoever approved may have died before it was started.
            return new ActionAnswer.Done(request);
        }

        var now = time.GetUtcNow();
        var refusal = request switch
        {
            { State: ActionState.Proposed } => Refused($"No dry run of {requestId} was shown", "See it first: `aiops actions dry-run`."),
            { State: not ActionState.Shown } => Refused($"{requestId} is {Word(request.State)}", "Propose it anew."),
            { DryRun: { } shown } when shown.Digest != digest => Refused("This isn't the dry run that was shown last", "Look at it again, and approve what you see."),
            { DryRun: { } shown } when now - shown.At > Fresh => Refused("The dry run is older than 15 minutes", "Have it made anew."),
            _ when allowed.TwoPersons && IsProposer(request, caller) => Refused($"{caller.Name} proposed it", "Somebody else must approve it: twoPersons is set."),
            _ => null,
        };
        if (refusal is not null)
        {
            return refusal;
        }

        var approved = request with { State = ActionState.Approved, ApprovedBy = caller.Name, ApprovedAt = now, Version = request.Version + 1 };
        if (await store.SaveAsync(approved, LineOf(caller, "approved it") with { Digest = digest }, cancellationToken) != ActionSave.Done)
        {
            return Changed(requestId);
        }

        await StartAsync(approved.Id, cancellationToken);
        return new ActionAnswer.Done(approved);
    }

    /// <summary>Says no to what hasn't been approved yet.</summary>
    public async Task<ActionAnswer> RefuseAsync(string requestId, string because, ActionCaller caller, CancellationToken cancellationToken)
    {
        if (Barred(caller, ActionRole.Reviewer) is { } barred)
        {
            return barred;
        }

        if (await store.FindAsync(requestId, cancellationToken) is not { } request)
        {
            return Unknown(requestId);
        }

        if (request.State is not (ActionState.Proposed or ActionState.Shown))
        {
            return Refused($"{requestId} is {Word(request.State)}", "Only what isn't approved yet can be refused.");
        }

        var refused = request with { State = ActionState.Refused, Because = because, Version = request.Version + 1 };
        return await store.SaveAsync(refused, LineOf(caller, $"refused it: {because}"), cancellationToken) == ActionSave.Done
            ? new ActionAnswer.Done(refused)
            : Changed(requestId);
    }

    /// <summary>Gives up on one that was started and hangs: how it ended isn't known then, and another may be proposed.</summary>
    public async Task<ActionAnswer> CloseAsync(string requestId, string because, ActionCaller caller, CancellationToken cancellationToken)
    {
        if (Barred(caller, ActionRole.Approver) is { } barred)
        {
            return barred;
        }

        if (await store.FindAsync(requestId, cancellationToken) is not { } request)
        {
            return Unknown(requestId);
        }

        if (string.IsNullOrWhiteSpace(because))
        {
            return Refused("No reason is given", "Say what is known of it: whoever reads the log will ask.");
        }

        if (request.State is not (ActionState.Starting or ActionState.Running or ActionState.Ended))
        {
            return Refused($"{requestId} is {Word(request.State)}", "Only what was started can hang.");
        }

        var now = time.GetUtcNow();
        var check = TimeSpan.FromSeconds(allowed.Actions.FirstOrDefault(action => action.Id == request.Action)?.CheckAfterSeconds ?? 0);
        if (now - (request.Run?.EndedAt ?? request.ApprovedAt) <= Hanging + check)
        {
            return Refused($"{requestId} may still come to its end", $"It can be closed {(Hanging + check).TotalMinutes:0} minutes after it was last heard of.");
        }

        var reason = Output(because.Trim());
        var given = GivenUp.Of(request, reason, now)!;
        return await store.SaveAsync(given, LineOf(caller, $"closed it: {reason}"), cancellationToken) == ActionSave.Done
            ? new ActionAnswer.Done(given)
            : Changed(requestId);
    }

    internal static string Output(string text)
    {
        var masked = SecretMask.Mask(text);
        return masked.Length <= LongestOutput ? masked : masked[..LongestOutput] + "…";
    }

    private async Task StartAsync(string requestId, CancellationToken cancellationToken)
        => await workflow.StartAsync(requestId, JsonSerializer.Serialize(new ActInput(requestId), ActJson.Default.ActInput), cancellationToken);

    // What was let lie must not keep an incident from being acted on.
    private async Task ExpireOldAsync(string incidentId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var old in (await store.ListAsync(incidentId, cancellationToken)).Where(request => IsStale(request, now)))
        {
            var expired = old with { State = ActionState.Expired, Because = "Nobody released it in time.", Version = old.Version + 1 };
            await store.SaveAsync(expired, new ActionLine(now, "aiops", "desk", "let it expire"), cancellationToken);
        }
    }

    private static bool IsStale(ActionRequest request, DateTimeOffset now) => request.State switch
    {
        ActionState.Proposed => now - request.ProposedAt > Fresh,
        ActionState.Shown => now - request.DryRun!.At > Fresh,
        ActionState.Approved => now - request.ApprovedAt > Fresh,
        _ => false,
    };

    private static bool IsProposer(ActionRequest request, ActionCaller caller)
        => request.ProposedBy == caller.Name || (request.ProposedById is { } id && id == caller.Id);

    private static bool IsSame(ActionRequest one, ActionRequest other)
        => (one.IncidentId, one.Recommendation, one.Step, one.Action, one.Component, one.ProposedBy)
                == (other.IncidentId, other.Recommendation, other.Step, other.Action, other.Component, other.ProposedBy)
            && one.Parameters.Count == other.Parameters.Count && one.Parameters.All(pair => other.Parameters.GetValueOrDefault(pair.Key) == pair.Value);

    private ActionAnswer.Refused? Barred(ActionCaller caller, ActionRole least)
        => allowed.IsOff ? Refused("Approved actions are off", "They need an allow-list: docs/actions.md says how to write one.")
            : caller.Role < least ? Refused($"{caller.Name} is no {least.ToString().ToLowerInvariant()}", "Ask somebody who is.")
            : null;

    private ActionLine LineOf(ActionCaller caller, string what) => new(time.GetUtcNow(), caller.Name, caller.Place, what);

    private static string Word(ActionState state) => state.ToString().ToLowerInvariant();

    private static ActionAnswer.Refused Refused(string because, string remedy) => new($"{because}.", remedy);

    private static ActionAnswer.Refused Unknown(string requestId) => Refused($"There is no action {requestId}", "`aiops actions list` shows them.");

    private static ActionAnswer.Refused Changed(string requestId) => Refused($"Somebody else changed {requestId} meanwhile", "Look at it again.");

    // It names the workflow's execution, where incidents' ids are names too.
    [GeneratedRegex(@"\AACT-[A-Za-z0-9-]{1,60}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RequestId();
}
