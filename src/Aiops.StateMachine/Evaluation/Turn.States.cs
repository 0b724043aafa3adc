using System.Text.Json;
using Aiops.StateMachine.Definition;
using Aiops.StateMachine.Intrinsics;

namespace Aiops.StateMachine.Evaluation;

// What each type of state does when it is entered, or tried again.
internal sealed partial class Turn
{
    private Move Execute(State state, Scope scope) => Guard(scope, at => state switch
    {
        PassState pass => DataFlow.Leave(pass, at, pass.Result ?? DataFlow.Effective(pass, at)),
        TaskState task => Call(task, at),
        ChoiceState choice => Choose(choice, at),
        WaitState wait => Wait(wait, at),
        SucceedState succeed => DataFlow.PassOn(succeed, at, DataFlow.Filtered(succeed, at), null, null),
        FailState fail => new Move.Fail(
            at.Strand, new Failure(Text(fail.Error, at, "ErrorPath"), Text(fail.Cause, at, "CausePath"))),
        ParallelState parallel => Fork(parallel, at, parallel.Branches.Count, 0),
        MapState map => Iterate(map, at),
        _ => throw new InvalidOperationException("Unknown type of state."),
    });

    private static Move.Leave Choose(ChoiceState choice, Scope scope)
    {
        var input = DataFlow.Filtered(choice, scope);
        var data = scope.Data(input);
        if (choice.Choices.FirstOrDefault(branch => ChoiceEvaluator.Holds(branch.Rule, data)) is { } chosen)
        {
            return DataFlow.PassOn(choice, scope, input, chosen.Assign, chosen.Next);
        }

        return choice.Default is { } otherwise
            ? DataFlow.PassOn(choice, scope, input, choice.Assign, otherwise)
            : throw new StateFailedException(
                ErrorNames.NoChoiceMatched, "Failed to transition out of the state. The state's input "
                + "does not match any choice rule, and there is no Default.");
    }

    private Move Wait(WaitState wait, Scope scope)
    {
        var data = scope.Data(DataFlow.Filtered(wait, scope));
        var due = wait.Duration is { } seconds
            ? now + TimeSpan.FromSeconds(DataFlow.Resolve(seconds, data, "SecondsPath", min: 0))
            : wait.Until ?? At(data.Require(wait.UntilPath!, "TimestampPath"), wait.UntilPath!.Text);
        return due > now
            ? new Move.Stay(scope.Strand with { Pending = new PendingWait(NewTimer(due)) })
            : DataFlow.PassOn(wait, scope, data.Input, wait.Assign, wait.Next);
    }

    private static Move AfterWait(WaitState wait, Scope scope)
        => Guard(scope, at => DataFlow.PassOn(wait, at, DataFlow.Filtered(wait, at), wait.Assign, wait.Next));

    private static DateTimeOffset At(JsonElement value, string path)
        => value.ValueKind == JsonValueKind.String && Timestamp.TryParse(value.GetString(), out var at) ? at
            : throw StateFailedException.Runtime(
                $"The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: "
                + $"{path} == {Json.Text(value)}");

    private static string? Text(Expression? expression, Scope scope, string field)
    {
        if (expression is null)
        {
            return null;
        }

        var value = expression.Evaluate(scope.Data(scope.Strand.Input), field);
        return value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw StateFailedException.Runtime($"The {field} must lead to a string, not to {Json.Text(value)}");
    }

    private Move.Stay Call(TaskState task, Scope scope)
    {
        var taskId = NewId();
        var token = task.Resource.WaitsForToken ? TaskToken.Of(taskId) : null;
        var data = scope.Data(DataFlow.Filtered(task, scope), token);
        var input = DataFlow.Effective(task, scope, token);
        DataFlow.Limit(input, task.Name);
        var timeout = task.Timeout is { } limit ? DataFlow.Resolve(limit, data, "TimeoutSecondsPath", min: 1) : (long?)null;
        var heartbeat = task.Heartbeat is { } beat ? DataFlow.Resolve(beat, data, "HeartbeatSecondsPath", min: 1) : (long?)null;
        var (function, payload) = LambdaCall.Of(task.Resource, input);
        var call = new InvokeTask(taskId, task.Resource.Arn, function, payload, token, task.Name, scope.Strand.RetryCount);
        Record(task.Resource.IsLambdaInvoke ? "TaskScheduled" : "LambdaFunctionScheduled", task.Name, input);
        Record(task.Resource.IsLambdaInvoke ? "TaskStarted" : "LambdaFunctionStarted", task.Name);
        commands.Add(call);
        return new Move.Stay(scope.Strand with
        {
            Pending = new PendingTask(
                call, false,
                timeout is { } seconds ? NewTimer(now.AddSeconds(seconds)) : null,
                heartbeat is { } interval ? NewTimer(now.AddSeconds(interval)) : null,
                heartbeat),
        });
    }

    private Move Iterate(MapState map, Scope scope)
    {
        var data = scope.Data(DataFlow.Filtered(map, scope));
        var concurrency = map.MaxConcurrency is { } limit ? DataFlow.Resolve(limit, data, "MaxConcurrencyPath", min: 0) : 0;
        return Fork(map, scope, Items(map, scope).Count, concurrency);
    }

    private static IReadOnlyList<JsonElement> Items(MapState map, Scope scope)
    {
        var items = scope.Data(DataFlow.Filtered(map, scope)).Require(map.ItemsPath, "ItemsPath");
        return items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()]
            : throw StateFailedException.Runtime(
                $"Reference path \"{map.ItemsPath.Text}\" must point to array, but it leads to {Json.Text(items)}");
    }
}
