using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aiops.Local.Storage;
using Aiops.Pipeline.Act;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Review;
using Aiops.StateMachine.Definition;
using Aiops.StateMachine.Evaluation;
using Microsoft.Extensions.Logging;

namespace Aiops.Local.Workflow;

/// <summary>
/// Runs executions of the workflow files durably: each transition is on the disk before its commands are carried out, so
/// after a kill at any moment the next host takes every execution up where it was. Tasks run at least once.
/// </summary>
/// <remarks>
/// Starting an execution and answering a token go through the database and work from any process. <see cref="PumpAsync"/>
/// takes executions forward, and only the holder of the host lock may call it.
/// </remarks>
public sealed partial class WorkflowHost(
    SqliteDatabase database, WorkflowCatalog catalog, StageFunctions functions, TimeProvider time, ILogger<WorkflowHost> logger)
    : IWorkflowStarter, IReviewWorkflowStarter, IActionWorkflowStarter, IWorkflowCallbacks, IAsyncDisposable
{
    // Two cores are kept busy while other tasks wait for a disk or a source; more would only fill memory.
    private const int ConcurrentTasks = 16;

    private readonly SqliteExecutionStore store = new(database);
    private readonly ConcurrentDictionary<string, LiveExecution> live = new(StringComparer.Ordinal);
    private readonly DueTimers timers = new();
    private readonly SemaphoreSlim taskSlots = new(ConcurrentTasks);
    private readonly CancellationTokenSource stopping = new();
    private readonly Activity activity = new();
    private readonly HashSet<string> answersTaken = new(StringComparer.Ordinal);
    private long lastSequence;

    public static SqliteSchema Schema => SqliteExecutionStore.Schema;

    /// <summary>Called after each saved transition, in order within an execution: for progress on a screen.</summary>
    public Action<string, IReadOnlyList<HistoryEvent>>? Observe { get; set; }

    /// <summary>When the next timer of a live execution is due; null when none waits.</summary>
    public DateTimeOffset? NextDue => timers.Next;

    /// <summary>Starts the incident workflow under that name; one that was started before, in whatever state, is left alone.</summary>
    public Task StartAsync(string incidentId, string inputJson, CancellationToken cancellationToken)
        => StartAsync(WorkflowCatalog.Incident, incidentId, inputJson, cancellationToken);

    /// <inheritdoc/>
    Task IReviewWorkflowStarter.StartAsync(string name, string inputJson, CancellationToken cancellationToken)
        => StartAsync(WorkflowCatalog.Review, name, inputJson, cancellationToken);

    /// <inheritdoc/>
    Task IActionWorkflowStarter.StartAsync(string requestId, string inputJson, CancellationToken cancellationToken)
        => StartAsync(WorkflowCatalog.ApprovedAction, requestId, inputJson, cancellationToken);

    /// <summary>The same for a workflow by name.</summary>
    public async Task StartAsync(string workflow, string name, string inputJson, CancellationToken cancellationToken)
    {
        var json = WorkflowCatalog.Read(workflow);
        var now = time.GetUtcNow();
        var started = InterpreterOf(name, json).Start(new ExecutionInput(name, name, Json(inputJson), workflow, workflow), now);
        var execution = new NewExecution(name, workflow, WorkflowCatalog.HashOf(json), json, started.State.ToJson(), now);
        if (await store.AddAsync(execution, cancellationToken))
        {
            LogStarted(workflow, name);
            activity.Wake();
        }
    }

    /// <inheritdoc/>
    public async Task<bool> SendTaskSuccessAsync(string taskToken, string outputJson, CancellationToken cancellationToken)
    {
        var taken = await store.AnswerAsync(taskToken, outputJson, cancellationToken);
        activity.Wake();
        return taken;
    }

    /// <summary>The execution of that name, or null.</summary>
    public Task<ExecutionSummary?> FindAsync(string name, CancellationToken cancellationToken) => store.FindAsync(name, cancellationToken);

    /// <summary>How many executions there are, by status.</summary>
    public Task<IReadOnlyDictionary<string, long>> CountByStatusAsync(CancellationToken cancellationToken)
        => store.CountByStatusAsync(cancellationToken);

    /// <summary>
    /// Takes up executions that are new to this process (after a crash: all that run), answers that have come, and timers
    /// that are due. Returns at once; the work goes on behind.
    /// </summary>
    /// <returns>How many of them there were: none, and nothing under way, means that only time and people are waited for.</returns>
    /// <exception cref="AggregateException">The store failed while a transition was saved: this host can't go on.</exception>
    public async Task<int> PumpAsync(CancellationToken cancellationToken)
    {
        activity.ThrowIfFaulted();
        var taken = 0;
        foreach (var stored in await store.RunningAsync(lastSequence, cancellationToken))
        {
            lastSequence = stored.Sequence;
            if (await ReviveAsync(stored, cancellationToken) is { } execution && live.TryAdd(stored.Name, execution))
            {
                activity.Run(() => TakeUpAsync(execution));
                taken++;
            }
        }

        foreach (var answer in await store.AnswersAsync(cancellationToken))
        {
            if (live.TryGetValue(answer.Execution, out var execution) && answersTaken.Add(answer.Token))
            {
                Post(execution, new TokenSucceeded(answer.Token, Json(answer.Output)));
                taken++;
            }
        }

        foreach (var (name, timerId) in timers.TakeDue(time.GetUtcNow()))
        {
            if (live.TryGetValue(name, out var execution))
            {
                Post(execution, new TimerFired(timerId));
                taken++;
            }
        }

        return taken;
    }

    /// <summary>Waits until no transition and no task is under way: only timers and people are waited for.</summary>
    public Task IdleAsync(CancellationToken cancellationToken) => activity.IdleAsync(cancellationToken);

    /// <summary>Waits until something happens or the time has passed, whichever comes first.</summary>
    public Task WokenAsync(TimeSpan atMost, CancellationToken cancellationToken) => activity.WokenAsync(atMost, time, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await activity.StoppedAsync();
        stopping.Dispose();
        taskSlots.Dispose();
    }

    /// <returns>Null for one that can't be read: it has failed, and must not keep the others from going on.</returns>
    private async Task<LiveExecution?> ReviveAsync(StoredExecution stored, CancellationToken cancellationToken)
    {
        try
        {
            var interpreter = InterpreterOf(stored.Name, stored.DefinitionJson);
            return new LiveExecution(stored.Name, stored.Workflow, interpreter, ExecutionState.FromJson(stored.State));
        }
        catch (Exception e) when (e is JsonException or InvalidDefinitionException)
        {
            LogUnreadable(e, stored.Name);
            var ending = new Ending(StatusNames.Of(ExecutionStatus.Failed), null, e.GetType().Name, e.Message, time.GetUtcNow());
            await store.SaveAsync(new SavedTransition(stored.Name, stored.State, [], null, ending), cancellationToken);
            return null;
        }
    }

    private Interpreter InterpreterOf(string name, string definitionJson)
        => new(catalog.Parse(definitionJson), new Random(StableSeed(name)));

    // Jitter only has to differ between executions, and to repeat in a replay.
    private static int StableSeed(string name) => name.Aggregate(17, (seed, c) => unchecked((seed * 31) + c));

    private void Post(LiveExecution execution, ExecutionEvent happened)
    {
        if (execution.Post(happened))
        {
            activity.Run(() => DrainAsync(execution));
        }
    }

    // A fresh execution counts as being drained, so that nothing else touches it meanwhile.
    private Task TakeUpAsync(LiveExecution execution)
    {
        CarryOut(execution, Interpreter.OutstandingCommands(execution.State));
        return DrainAsync(execution);
    }

    private async Task DrainAsync(LiveExecution execution)
    {
        while (execution.Next() is { } happened)
        {
            if (EndedTaskOf(happened) is { } ended)
            {
                execution.Tasks.Remove(ended);
            }

            var transition = execution.Interpreter.Apply(execution.State, happened, time.GetUtcNow());
            if (ReferenceEquals(transition.State, execution.State))
            {
                continue; // Late or double: the task has ended, the timer was cancelled.
            }

            await store.SaveAsync(Saved(execution, happened, transition), stopping.Token);
            execution.State = transition.State;
            Observe?.Invoke(execution.Name, transition.History);
            CarryOut(execution, transition.Commands);
        }
    }

    private SavedTransition Saved(LiveExecution execution, ExecutionEvent happened, Transition transition)
    {
        var ending = transition.Commands.OfType<Complete>().FirstOrDefault();
        return new SavedTransition(
            execution.Name,
            transition.State.ToJson(),
            [.. transition.Commands.OfType<InvokeTask>().Select(task => task.TaskToken).OfType<string>()],
            (happened as TokenSucceeded)?.TaskToken,
            ending is null
                ? null
                : new Ending(StatusNames.Of(ending.Status), ending.Output?.GetRawText(), ending.Error, ending.Cause, time.GetUtcNow()));
    }

    private static string? EndedTaskOf(ExecutionEvent happened) => happened switch
    {
        TaskSucceeded succeeded => succeeded.TaskId,
        TaskFailed failed => failed.TaskId,
        _ => null,
    };

    private void CarryOut(LiveExecution execution, IReadOnlyList<Command> commands)
    {
        foreach (var command in commands)
        {
            switch (command)
            {
                case InvokeTask task when !execution.Tasks.ContainsKey(task.TaskId):
                    var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
                    execution.Tasks.Add(task.TaskId, cancellation);
                    activity.Run(() => InvokeAsync(execution, task, cancellation.Token));
                    break;
                case StartTimer timer:
                    timers.Start(execution.Name, timer.TimerId, timer.DueAt);
                    activity.Wake();
                    break;
                case CancelTimer timer:
                    timers.Cancel(execution.Name, timer.TimerId);
                    break;
                case CancelTask task when execution.Tasks.Remove(task.TaskId, out var running):
                    running.Cancel();
                    break;
                case Complete:
                    live.TryRemove(execution.Name, out _);
                    activity.Wake();
                    break;
            }
        }
    }

    private async Task InvokeAsync(LiveExecution execution, InvokeTask task, CancellationToken cancellationToken)
    {
        await taskSlots.WaitAsync(cancellationToken);
        try
        {
            var output = await functions.InvokeAsync(task.FunctionName, task.Payload.GetRawText(), cancellationToken);
            Post(execution, new TaskSucceeded(task.TaskId, Json(output)));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, execution.Name, task.StateName);
            Post(execution, new TaskFailed(task.TaskId, e.GetType().Name, CauseOf(e)));
        }
        finally
        {
            taskSlots.Release();
        }
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    // The shape in which Lambda reports an exception, so that a Catch reads the same on both hosts.
    private static string CauseOf(Exception exception)
        => new JsonObject { ["errorMessage"] = exception.Message, ["errorType"] = exception.GetType().Name }.ToJsonString();

    [LoggerMessage(LogLevel.Information, "Started {Workflow} {Name}")]
    private partial void LogStarted(string workflow, string name);

    [LoggerMessage(LogLevel.Error, "The stored execution {Name} can't be read and has failed")]
    private partial void LogUnreadable(Exception exception, string name);

    [LoggerMessage(LogLevel.Warning, "{State} of {Name} failed")]
    private partial void LogFailed(Exception exception, string name, string state);
}
