namespace Aiops.Pipeline.Act;

/// <summary>An action that nobody follows any more: closed with what is known of it, and that the rest isn't.</summary>
internal static class GivenUp
{
    /// <returns>With the next version; null where there is nothing to give up.</returns>
    public static ActionRequest? Of(ActionRequest request, string because, DateTimeOffset now) => request.State switch
    {
        // Approved is before it is about to be started: it certainly wasn't.
        ActionState.Approved => request with { State = ActionState.Expired, Because = because, Version = request.Version + 1 },
        ActionState.Starting or ActionState.Running or ActionState.Ended => request with
        {
            State = ActionState.Closed,
            Run = request.Run ?? new ActionRun(RunOutcome.Unknown, because, now),
            Check = new ActionCheck(CheckResult.NotKnown, $"Whether it helped isn't known: {because}"),
            Because = because,
            Version = request.Version + 1,
        },
        _ => null,
    };
}
