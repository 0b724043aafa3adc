using Aiops.StateMachine.Definition;

namespace Aiops.StateMachine.Evaluation;

/// <summary>
/// Runs executions of one machine as a pure function: a state and an event give a new state, commands for the host, and history.
/// </summary>
/// <remarks>
/// The host stores the new state before it carries out the commands, and after a restart carries out
/// <see cref="OutstandingCommands"/>: nothing is lost, and a task is called at least once. Time comes only by "now", chance only
/// by the generator (jitter, States.UUID, States.MathRandom). Not safe for two threads at once, as no Random is.
/// </remarks>
public sealed class Interpreter(StateMachineDefinition definition, Random random)
{
    public StateMachineDefinition Definition => definition;

    public Transition Start(ExecutionInput input, DateTimeOffset now)
    {
        var started = new ExecutionState { Execution = input with { Input = Json.Readable(input.Input) }, StartedAt = now };
        return new Turn(definition, started, now, random).Start();
    }

    /// <returns>The state as it was, with nothing to do, when nobody waits for the event.</returns>
    /// <exception cref="InvalidOperationException">The execution is in a state that this definition doesn't have.</exception>
    public Transition Apply(ExecutionState state, ExecutionEvent happened, DateTimeOffset now)
        => new Turn(definition, state, now, random).Apply(happened);

    /// <summary>What was asked for and has not been answered: tasks, timers; of a finished execution, that it is over.</summary>
    public static IReadOnlyList<Command> OutstandingCommands(ExecutionState state)
    {
        if (state.Status != ExecutionStatus.Running)
        {
            return [new Complete(state.Status, state.Output, state.Error, state.Cause)];
        }

        var commands = new List<Command>();
        if (state.Deadline is { } deadline)
        {
            commands.Add(new StartTimer(deadline.TimerId, deadline.DueAt));
        }

        commands.AddRange(state.Root is { } root ? Of(root) : []);
        return commands;
    }

    private static IEnumerable<Command> Of(Strand strand) => strand.Pending switch
    {
        PendingTask pending => Of(pending),
        PendingWait { Timer: var timer } => [new StartTimer(timer.TimerId, timer.DueAt)],
        PendingRetry { Timer: var timer } => [new StartTimer(timer.TimerId, timer.DueAt)],
        PendingBranches { Branches: var branches } => branches.Select(branch => branch.Strand).OfType<Strand>().SelectMany(Of),
        _ => [],
    };

    private static IEnumerable<Command> Of(PendingTask pending)
    {
        foreach (var timer in new[] { pending.Timeout, pending.Heartbeat }.OfType<PendingTimer>())
        {
            yield return new StartTimer(timer.TimerId, timer.DueAt);
        }

        if (!pending.Taken)
        {
            yield return pending.Task;
        }
    }
}
