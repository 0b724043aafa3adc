using System.Text.Json;
using Aiops.StateMachine.Evaluation;

namespace Aiops.StateMachine.Running;

/// <summary>What came of an execution.</summary>
/// <param name="Elapsed">On the virtual clock.</param>
public sealed record ExecutionResult(
    ExecutionStatus Status, JsonElement? Output, string? Error, string? Cause, IReadOnlyList<HistoryEvent> History, TimeSpan Elapsed);

/// <summary>
/// Runs an execution in memory, on a clock that jumps to the next timer when nothing else is left to do: a wait of 14 days
/// costs no time.
/// </summary>
/// <remarks>
/// One call at a time, in the order asked for; the calls themselves take no time on the clock. The state goes through JSON at
/// every step, as in a durable host. For tests and simple hosts: after a crash nothing is left.
/// </remarks>
public sealed class ExecutionRunner(Interpreter interpreter, ITaskInvoker invoker, DateTimeOffset startAt)
{
    private readonly Queue<ExecutionEvent> answers = new();
    private readonly PriorityQueue<string, (DateTimeOffset DueAt, long Order)> timers = new();
    private readonly Dictionary<string, DateTimeOffset> running = [];
    private readonly List<InvokeTask> calls = [];
    private readonly List<HistoryEvent> history = [];
    private long timerOrder;

    /// <summary>The virtual clock.</summary>
    public DateTimeOffset Now { get; private set; } = startAt;

    /// <summary>The state after the last step.</summary>
    public ExecutionState? State { get; private set; }

    /// <summary>Hands in what happens outside, such as the answer to a token; it is taken up before the clock goes on.</summary>
    public void Post(ExecutionEvent happened) => answers.Enqueue(happened);

    /// <exception cref="InvalidOperationException">
    /// The execution waits for an answer that nobody gives, with no timer running.
    /// </exception>
    public async Task<ExecutionResult> RunAsync(ExecutionInput input, CancellationToken cancellationToken)
    {
        var startedAt = Now;
        Take(interpreter.Start(input, Now));
        while (State!.Status == ExecutionStatus.Running)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await CallAsync(cancellationToken);
            if (answers.TryDequeue(out var answer))
            {
                Take(interpreter.Apply(State, answer, Now));
            }
            else
            {
                Take(interpreter.Apply(State, new TimerFired(NextTimer()), Now));
            }
        }

        return new ExecutionResult(State.Status, State.Output, State.Error, State.Cause, history, Now - startedAt);
    }

    private void Take(Transition transition)
    {
        State = ExecutionState.FromJson(transition.State.ToJson());
        history.AddRange(transition.History);
        foreach (var command in transition.Commands)
        {
            switch (command)
            {
                case InvokeTask call:
                    calls.Add(call);
                    break;
                case CancelTask { TaskId: var taskId }:
                    calls.RemoveAll(call => call.TaskId == taskId);
                    break;
                case StartTimer timer:
                    running[timer.TimerId] = timer.DueAt;
                    timers.Enqueue(timer.TimerId, (timer.DueAt, timerOrder++));
                    break;
                case CancelTimer { TimerId: var timerId }:
                    running.Remove(timerId);
                    break;
            }
        }
    }

    private async Task CallAsync(CancellationToken cancellationToken)
    {
        while (calls.Count > 0)
        {
            var call = calls[0];
            calls.RemoveAt(0);
            switch (await invoker.InvokeAsync(call, cancellationToken))
            {
                case TaskResult.Succeeded { Output: var output }:
                    answers.Enqueue(new TaskSucceeded(call.TaskId, output));
                    break;
                case TaskResult.Failed failed:
                    answers.Enqueue(new TaskFailed(call.TaskId, failed.Error, failed.Cause));
                    break;
            }
        }
    }

    private string NextTimer()
    {
        while (timers.TryDequeue(out var timerId, out var at))
        {
            if (running.Remove(timerId))
            {
                Now = at.DueAt > Now ? at.DueAt : Now;
                return timerId;
            }
        }

        throw new InvalidOperationException("The execution waits for an answer that nobody gives, and no timer is running.");
    }
}
