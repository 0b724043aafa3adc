using System.Text.Json;
using Aiops.StateMachine.Definition;

namespace Aiops.StateMachine.Evaluation;

// What happened outside, brought to the strand that waits for it.
internal sealed partial class Turn
{
    /// <returns>Null when nobody on this strand waits for the event.</returns>
    private Progress? Deliver(Strand strand, StateFlow flow, Scope? outer, ExecutionEvent happened)
    {
        if (!flow.States.TryGetValue(strand.StateName, out var state))
        {
            throw new InvalidOperationException(
                $"The execution is in the state '{strand.StateName}', which the definition does not have: another one started it.");
        }

        var scope = ScopeOf(strand, outer);
        Move? move;
        switch (strand.Pending)
        {
            case PendingTask pending:
                move = OfTask((TaskState)state, scope, pending, happened);
                break;
            case PendingWait { Timer.TimerId: var timer }:
                move = happened is TimerFired fired && fired.TimerId == timer
                    ? AfterWait((WaitState)state, scope.With(strand with { Pending = null })) : null;
                break;
            case PendingRetry { Timer.TimerId: var timer }:
                move = happened is TimerFired due && due.TimerId == timer
                    ? Execute(state, scope.With(strand with { Pending = null })) : null;
                break;
            case PendingBranches pending:
                move = OfBranch(state, scope, pending, happened);
                break;
            default:
                return null;
        }

        return move is null ? null : Settle(move, flow, outer);
    }

    private Move? OfBranch(State state, Scope scope, PendingBranches pending, ExecutionEvent happened)
    {
        for (var i = 0; i < pending.Branches.Count; i++)
        {
            if (pending.Branches[i].Strand is { } strand && Deliver(strand, FlowOf(state, i), scope, happened) is { } progress)
            {
                var branches = pending.Branches.ToArray();
                return Note(state, scope, branches, i, progress)
                    ?? Guard(scope, at => Pump(state, at, branches, pending.MaxConcurrency));
            }
        }

        return null;
    }

    private Move? OfTask(TaskState task, Scope scope, PendingTask pending, ExecutionEvent happened)
    {
        var (taskId, token) = (pending.Task.TaskId, pending.Task.TaskToken);
        switch (happened)
        {
            case TaskSucceeded answer when answer.TaskId == taskId && token is null:
                return Succeed(task, scope, pending, answer.Output, wrapped: task.Resource.IsLambdaInvoke);
            case TaskSucceeded answer when answer.TaskId == taskId && !pending.Taken:
                Record("TaskSubmitted", task.Name, Json.Readable(answer.Output));
                return new Move.Stay(scope.Strand with { Pending = pending with { Taken = true } });
            case TokenSucceeded answer when answer.TaskToken == token:
                return Succeed(task, scope, pending, answer.Output, wrapped: false);
            case TaskFailed failed when failed.TaskId == taskId && !pending.Taken:
                return Fail(task, scope, "Failed", failed.Error, failed.Cause);
            case TokenFailed failed when failed.TaskToken == token:
                return Fail(task, scope, "Failed", failed.Error, failed.Cause);
            case TimerFired { TimerId: var timer } when timer == pending.Timeout?.TimerId:
                return Fail(task, scope, "TimedOut", ErrorNames.Timeout, null);
            case TimerFired { TimerId: var timer } when timer == pending.Heartbeat?.TimerId:
                return Fail(task, scope, "TimedOut", ErrorNames.Timeout, null, ErrorNames.HeartbeatTimeout);
            case TaskHeartbeat beat when beat.TaskId == taskId && pending.Heartbeat is not null:
            case TokenHeartbeat tokenBeat when tokenBeat.TaskToken == token && pending.Heartbeat is not null:
                CancelTimer(pending.Heartbeat);
                return new Move.Stay(scope.Strand with
                {
                    Pending = pending with { Heartbeat = NewTimer(now.AddSeconds(pending.HeartbeatSeconds!.Value)) },
                });
            default:
                return null;
        }
    }

    private Move Succeed(TaskState task, Scope scope, PendingTask pending, JsonElement answer, bool wrapped)
    {
        CancelTimer(pending.Timeout);
        CancelTimer(pending.Heartbeat);
        return Guard(scope.With(scope.Strand with { Pending = null }), at =>
        {
            var readable = Json.Readable(answer);
            var result = wrapped ? LambdaCall.Wrap(pending.Task, readable) : readable;
            Record(EventType(task, "Succeeded"), task.Name, result);
            DataFlow.Limit(result, task.Name);
            return DataFlow.Leave(task, at, result);
        });
    }

    private Move.Fail Fail(TaskState task, Scope scope, string how, string? error, string? cause, string? alias = null)
    {
        Cancel(scope.Strand);
        Record(EventType(task, how), task.Name, error: error, cause: cause);
        return new Move.Fail(scope.Strand with { Pending = null }, new Failure(error, cause, alias));
    }

    private static string EventType(TaskState task, string how)
        => (task.Resource.IsLambdaInvoke ? "Task" : "LambdaFunction") + how;
}
