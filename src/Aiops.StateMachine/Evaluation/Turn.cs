using System.Text.Json;
using Aiops.StateMachine.Definition;

namespace Aiops.StateMachine.Evaluation;

/// <summary>One transition of an execution: takes strands as far as they get, and collects what is to be done and told.</summary>
internal sealed partial class Turn(StateMachineDefinition machine, ExecutionState before, DateTimeOffset now, Random random)
{
    private const int MaxHistory = 25_000; // Events: the service's quota, which also ends a loop that never waits.

    private readonly List<Command> commands = [];
    private readonly List<HistoryEvent> history = [];
    private long lastId = before.LastId;
    private long lastEventId = before.LastEventId;

    public Transition Start()
    {
        var input = before.Execution.Input;
        Record("ExecutionStarted", data: input);
        if (Json.Size(input) > DataFlow.MaxBytes)
        {
            return End(
                ExecutionStatus.Failed, "ExecutionFailed", ErrorNames.DataLimitExceeded,
                $"The execution's input is larger than {DataFlow.MaxBytes} bytes.");
        }

        PendingTimer? deadline = machine.Timeout is { } timeout ? NewTimer(now + timeout) : null;
        var root = Enter(machine.Flow, machine.Flow.StartAt, input, new Strand
        {
            StateName = "",
            Input = input,
            EnteredAt = now,
            EnteredEventId = 0,
        });
        return Conclude(before with { Deadline = deadline }, Proceed(root, machine.Flow, null));
    }

    public Transition Apply(ExecutionEvent happened)
    {
        if (before.Status != ExecutionStatus.Running || before.Root is not { } root)
        {
            return new Transition(before, [], []);
        }

        if (happened is ExecutionStopped stopped)
        {
            Cancel(root);
            return End(ExecutionStatus.Aborted, "ExecutionAborted", stopped.Error, stopped.Cause);
        }

        if (happened is TimerFired { TimerId: var timer } && timer == before.Deadline?.TimerId)
        {
            Cancel(root);
            return End(before with { Deadline = null }, ExecutionStatus.TimedOut, "ExecutionTimedOut", ErrorNames.Timeout, null);
        }

        return Deliver(root, machine.Flow, null, happened) is { } progress
            ? Conclude(before, progress)
            : new Transition(before, [], []);
    }

    private Transition Conclude(ExecutionState state, Progress progress)
    {
        switch (progress)
        {
            case Progress.Running { Strand: var strand }:
                return new Transition(state with { Root = strand, LastId = lastId, LastEventId = lastEventId }, commands, history);
            case Progress.Finished { Output: var output }:
                Record("ExecutionSucceeded", data: output);
                return End(state with { Output = output }, ExecutionStatus.Succeeded, null, null, null);
            case Progress.Failed { Failure: var failure }:
                return End(state, ExecutionStatus.Failed, "ExecutionFailed", failure.Error, failure.Cause);
            default:
                throw new InvalidOperationException("Unknown kind of progress.");
        }
    }

    private Transition End(ExecutionStatus status, string type, string? error, string? cause)
        => End(before, status, type, error, cause);

    private Transition End(ExecutionState state, ExecutionStatus status, string? type, string? error, string? cause)
    {
        if (type is not null)
        {
            Record(type, error: error, cause: cause);
        }

        CancelTimer(state.Deadline);
        commands.Add(new Complete(status, state.Output, error, cause));
        var ended = state with
        {
            Status = status,
            StoppedAt = now,
            Error = error,
            Cause = cause,
            Root = null,
            Deadline = null,
            LastId = lastId,
            LastEventId = lastEventId,
        };
        return new Transition(ended, commands, history);
    }

    private Strand Enter(StateFlow flow, string name, JsonElement input, Strand strand)
    {
        var entered = Record($"{flow.States[name].Type}StateEntered", name, input);
        return strand with
        {
            StateName = name,
            Input = input,
            EnteredAt = now,
            EnteredEventId = entered,
            RetryCount = 0,
            RetriesUsed = [],
            Pending = null,
        };
    }

    /// <summary>Executes the state that the strand is in, and those after it, until one waits or the strand is over.</summary>
    private Progress Proceed(Strand strand, StateFlow flow, Scope? outer)
        => Settle(Execute(flow.States[strand.StateName], ScopeOf(strand, outer)), flow, outer);

    private Progress Settle(Move move, StateFlow flow, Scope? outer)
    {
        while (true)
        {
            switch (move)
            {
                case Move.Stay { Strand: var waiting }:
                    return new Progress.Running(waiting);
                case Move.Fail { Strand: var failed, Failure: var failure }:
                    if (Recover(flow.States[failed.StateName], ScopeOf(failed, outer), failure) is not { } recovered)
                    {
                        return new Progress.Failed(failure);
                    }

                    if (recovered is Move.Fail { Failure: var worse })
                    {
                        return new Progress.Failed(worse);
                    }

                    move = recovered;
                    break;
                case Move.Leave { Strand: var left, Next: var next, Output: var output }:
                    var state = flow.States[left.StateName];
                    Record($"{state.Type}StateExited", left.StateName, output);
                    if (next is null)
                    {
                        return new Progress.Finished(output);
                    }

                    if (lastEventId >= MaxHistory)
                    {
                        return new Progress.Failed(new Failure(
                            ErrorNames.Runtime, $"The execution reached the maximum number of history events ({MaxHistory})."));
                    }

                    var entered = Enter(flow, next, output, left);
                    move = Execute(flow.States[next], ScopeOf(entered, outer));
                    break;
                default:
                    throw new InvalidOperationException("Unknown kind of move.");
            }
        }
    }

    /// <returns>A retry, the way to a catcher's state, or null when nobody handles the failure.</returns>
    private Move? Recover(State state, Scope scope, Failure failure)
    {
        var strand = scope.Strand with { Pending = null };
        for (var i = 0; i < state.Retriers.Count; i++)
        {
            var retrier = state.Retriers[i];
            if (!RetryPolicy.Matches(retrier.ErrorEquals, failure))
            {
                continue;
            }

            var used = strand.RetriesUsed.Count > 0 ? strand.RetriesUsed : new int[state.Retriers.Count];
            if (used[i] >= retrier.MaxAttempts)
            {
                break; // The first retrier that matches decides; when it is used up, the catchers come.
            }

            var timer = NewTimer(now + RetryPolicy.Delay(retrier, used[i], random));
            return new Move.Stay(strand with
            {
                RetryCount = strand.RetryCount + 1,
                RetriesUsed = [.. used.Select((count, at) => at == i ? count + 1 : count)],
                Pending = new PendingRetry(timer),
            });
        }

        return state.Catchers.FirstOrDefault(catcher => RetryPolicy.Matches(catcher.ErrorEquals, failure)) is { } caught
            ? Guard(scope.With(strand), at => DataFlow.Caught(caught, at, failure))
            : null;
    }

    /// <summary>Turns an evaluation that fails into a failure of the state.</summary>
    private static Move Guard(Scope scope, Func<Scope, Move> evaluate)
    {
        try
        {
            return evaluate(scope);
        }
        catch (StateFailedException e)
        {
            var cause = e.Error == ErrorNames.DataLimitExceeded ? e.Cause
                : $"An error occurred while executing the state '{scope.Strand.StateName}' "
                    + $"(entered at the event id #{scope.Strand.EnteredEventId}). {e.Cause}";
            return new Move.Fail(scope.Strand, new Failure(e.Error, cause));
        }
    }

    private Scope ScopeOf(Strand strand, Scope? outer) => new(outer, strand, before, random);

    private long Record(
        string type, string? state = null, JsonElement? data = null, string? error = null, string? cause = null, int? index = null)
    {
        history.Add(new HistoryEvent(++lastEventId, now, type, state, data, error, cause, index));
        return lastEventId;
    }

    private string NewId() => TaskToken.TaskId(before.Execution.ExecutionId, ++lastId);

    private PendingTimer NewTimer(DateTimeOffset dueAt)
    {
        var timer = new PendingTimer(NewId(), dueAt);
        commands.Add(new StartTimer(timer.TimerId, timer.DueAt));
        return timer;
    }

    private void CancelTimer(PendingTimer? timer)
    {
        if (timer is not null)
        {
            commands.Add(new CancelTimer(timer.TimerId));
        }
    }

    private void Cancel(Strand strand)
    {
        switch (strand.Pending)
        {
            case PendingTask task:
                commands.Add(new CancelTask(task.Task.TaskId));
                CancelTimer(task.Timeout);
                CancelTimer(task.Heartbeat);
                break;
            case PendingWait wait:
                CancelTimer(wait.Timer);
                break;
            case PendingRetry retry:
                CancelTimer(retry.Timer);
                break;
            case PendingBranches { Branches: var branches }:
                Cancel(branches);
                break;
        }
    }

    private void Cancel(IEnumerable<Branch> branches)
    {
        foreach (var running in branches.Select(branch => branch.Strand).OfType<Strand>())
        {
            Cancel(running);
        }
    }
}
