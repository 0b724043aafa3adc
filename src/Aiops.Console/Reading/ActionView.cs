using System.Globalization;
using Aiops.Pipeline.Act;

namespace Aiops.Console.Reading;

/// <summary>All that the page of one action shows.</summary>
/// <param name="Log">Its own lines, in order.</param>
/// <param name="LogProblem">What is wrong with the whole log; null where it is whole.</param>
/// <param name="Problem">Why what was just asked for wasn't done, and what to do; null where nothing was refused.</param>
public sealed record ActionView(
    ActionRequest Request, IReadOnlyList<ActionLogEntry> Log, string? LogProblem, bool IsOff, ActionAnswer.Refused? Problem)
{
    /// <summary>Whether a person is to say something, whose page must not change under their hands.</summary>
    public bool AwaitsPeople => Request.State is ActionState.Proposed or ActionState.Shown;

    /// <summary>Changes whenever the page would say something else.</summary>
    public static string Stamp(ActionRequest request) => request.Version.ToString(CultureInfo.InvariantCulture);

    /// <returns>Null where there is no such action.</returns>
    public static async Task<ActionView?> ReadAsync(ActionDesk desk, string id, ActionAnswer.Refused? problem, CancellationToken cancellationToken)
        => await desk.ShowAsync(id, cancellationToken) is not { } request ? null : new ActionView(
            request,
            [.. (await desk.LogAsync(cancellationToken)).Where(entry => entry.RequestId == id)],
            await desk.LogProblemAsync(cancellationToken),
            desk.IsOff,
            problem);
}

/// <summary>Actions of every incident, and the end of their log.</summary>
/// <param name="Log">Newest first.</param>
public sealed record ActionsView(IReadOnlyList<ActionRequest> Requests, IReadOnlyList<ActionLogEntry> Log, int Lines, string? LogProblem, bool IsOff)
{
    public const int Most = 200;
    public const int MostLines = 50;

    public static async Task<ActionsView> ReadAsync(ActionDesk desk, CancellationToken cancellationToken)
    {
        var log = await desk.LogAsync(cancellationToken);
        return new ActionsView(
            [.. (await desk.ListAsync(null, cancellationToken)).Take(Most)], [.. log.Reverse().Take(MostLines)], log.Count,
            await desk.LogProblemAsync(cancellationToken), desk.IsOff);
    }
}

/// <summary>How an action's members are called on a page.</summary>
internal static class ActionWords
{
    public static string Of(ActionState state) => state switch
    {
        ActionState.Proposed => "proposed",
        ActionState.Shown => "waits for approval",
        ActionState.Approved => "approved",
        ActionState.Starting => "starting",
        ActionState.Running => "running",
        ActionState.Ended => "ended, to be checked",
        ActionState.Closed => "closed",
        ActionState.Refused => "refused",
        _ => "expired",
    };

    public static string Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Succeeded => "It succeeded",
        RunOutcome.Failed => "It failed",
        RunOutcome.NotStarted => "It was not started",
        _ => "Nobody knows whether it ran, or how it ended: look before anything else is done",
    };

    public static string Of(CheckResult result) => result switch
    {
        CheckResult.Recovered => "recovered",
        CheckResult.NotRecovered => "not recovered",
        _ => "not known",
    };
}
