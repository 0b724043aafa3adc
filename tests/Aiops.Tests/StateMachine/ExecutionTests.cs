using System.Text.Json;
using Aiops.StateMachine.Evaluation;
using Aiops.StateMachine.Running;

namespace Aiops.Tests.StateMachine;

/// <summary>What an ordinary workflow needs, from start to end.</summary>
public class ExecutionTests
{
    private const string Invoke = "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke\"";

    [Fact]
    public async Task A_function_gets_its_payload_and_its_answer_comes_wrapped()
    {
        var tasks = new ScriptedTasks().Answer("Classify", """{"kind": "latency"}""");
        var output = await Machine.OutputAsync(Machine.Of($$$"""
            "C": { {{{Invoke}}}, "Parameters": {"FunctionName": "Classify", "Payload": {"id.$": "$.incident"}},
                   "ResultSelector": {"kind.$": "$.Payload.kind", "code.$": "$.StatusCode"}, "ResultPath": "$.classified", "End": true }
            """), """{"incident": "i-1"}""", tasks);
        output.ShouldBe("""{"incident":"i-1","classified":{"kind":"latency","code":200}}""");
        tasks.Calls.Single().Payload.GetRawText().ShouldBe("""{"id":"i-1"}""");
    }

    [Fact]
    public async Task A_wait_of_fourteen_days_costs_no_time()
    {
        var result = await Machine.RunAsync(Machine.Of("""
            "W": {"Type": "Wait", "Seconds": 1209600, "Next": "S"}, "S": {"Type": "Succeed"}
            """));
        result.Status.ShouldBe(ExecutionStatus.Succeeded);
        result.Elapsed.ShouldBe(TimeSpan.FromDays(14));
    }

    [Fact]
    public async Task A_task_token_is_handed_out_and_its_answer_is_the_result()
    {
        var runner = default(ExecutionRunner);
        var tasks = new ScriptedTasks().Script("Review", task =>
        {
            task.Payload.GetProperty("token").GetString().ShouldBe(task.TaskToken);
            runner!.Post(new TokenSucceeded(task.TaskToken!, JsonElement.Parse("\"reviewed\"")));
            return new TaskResult.Succeeded(JsonElement.Parse("null"));
        });
        runner = new ExecutionRunner(Machine.Interpreter(Machine.Of("""
            "R": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "TimeoutSeconds": 1209600,
                  "Parameters": {"FunctionName": "Review", "Payload": {"token.$": "$$.Task.Token"}}, "End": true}
            """)), tasks, Machine.Start);
        var result = await runner.RunAsync(Machine.Input(), CancellationToken.None);
        result.Output!.Value.GetString().ShouldBe("reviewed");
        result.Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_token_that_nobody_answers_times_out_and_is_caught()
    {
        var output = await Machine.OutputAsync(Machine.Of("""
            "R": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "TimeoutSeconds": 1209600,
                  "Parameters": {"FunctionName": "Review"}, "ResultPath": "$.review", "End": true,
                  "Catch": [{"ErrorEquals": ["States.Timeout"], "ResultPath": "$.review", "Next": "Unreviewed"}]},
            "Unreviewed": {"Type": "Pass", "End": true}
            """));
        output.ShouldBe("""{"review":{"Error":"States.Timeout","Cause":""}}""");
    }

    [Fact]
    public async Task Retries_wait_longer_each_time_and_then_the_catcher_has_it()
    {
        var tasks = new ScriptedTasks().Fail("F", "Throttled");
        var result = await Machine.RunAsync(Machine.Of($$$"""
            "F": { {{{Invoke}}}, "Parameters": {"FunctionName": "F"}, "End": true,
                   "Retry": [{"ErrorEquals": ["Throttled"], "IntervalSeconds": 3, "MaxAttempts": 2, "BackoffRate": 2}],
                   "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Done"}] },
            "Done": {"Type": "Succeed"}
            """), tasks: tasks);
        result.Status.ShouldBe(ExecutionStatus.Succeeded);
        result.Elapsed.ShouldBe(TimeSpan.FromSeconds(3 + 6));
        tasks.Calls.Select(call => call.Attempt).ShouldBe([0, 1, 2]);
        tasks.Calls.Select(call => call.TaskId).Distinct().Count().ShouldBe(3);
        result.Output!.Value.GetRawText().ShouldBe("""{"Error":"Throttled","Cause":"because"}""");
    }

    [Fact]
    public async Task Branches_join_in_their_order_and_a_failed_one_ends_the_others()
    {
        var machine = Machine.Of("""
            "P": {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 60, "Next": "A2"}, "A2": {"Type": "Pass", "Result": "a", "End": true}}},
              {"StartAt": "B", "States": {"B": {"Type": "Task", "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:B", "End": true}}}],
              "Catch": [{"ErrorEquals": ["Broken"], "ResultPath": "$.error", "Next": "Z"}]},
            "Z": {"Type": "Pass", "OutputPath": "$.error.Error", "End": true}
            """);
        (await Machine.OutputAsync(machine, "{}", new ScriptedTasks().Answer("B", "\"b\""))).ShouldBe("""["a","b"]""");
        var failed = await Machine.RunAsync(machine, "{}", new ScriptedTasks().Fail("B", "Broken"));
        failed.Output!.Value.GetString().ShouldBe("Broken");
        failed.Elapsed.ShouldBe(TimeSpan.Zero); // The waiting branch was cancelled.
    }

    [Fact]
    public async Task A_fail_state_fails_the_execution_with_its_error()
    {
        var result = await Machine.RunAsync(Machine.Of("""
            "C": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 3, "Next": "F"}], "Default": "S"},
            "F": {"Type": "Fail", "Error": "TooMany", "CausePath": "States.Format('{} of them', $.n)"}, "S": {"Type": "Succeed"}
            """), """{"n": 4}""");
        (result.Status, result.Error, result.Cause).ShouldBe((ExecutionStatus.Failed, "TooMany", "4 of them"));
    }

    [Fact]
    public async Task A_machine_that_runs_too_long_times_out()
    {
        var result = await Machine.RunAsync("""
            {"TimeoutSeconds": 30, "StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 31, "End": true}}}
            """);
        (result.Status, result.Error, result.Elapsed).ShouldBe((ExecutionStatus.TimedOut, "States.Timeout", TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Map_runs_no_more_at_once_than_it_may_and_keeps_the_order()
    {
        var output = await Machine.OutputAsync(Machine.Of("""
            "M": {"Type": "Map", "ItemsPath": "$.names", "MaxConcurrency": 2, "End": true,
                  "ItemSelector": {"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value", "all.$": "States.ArrayLength($.names)"},
                  "ItemProcessor": {"StartAt": "W", "States": {
                    "W": {"Type": "Wait", "Seconds": 10, "Next": "P"}, "P": {"Type": "Pass", "Parameters": {"t.$": "States.Format('{}{}/{}', $.v, $.i, $.all)"}, "OutputPath": "$.t", "End": true}}}}
            """), """{"names": ["a", "b", "c"]}""");
        output.ShouldBe("""["a0/3","b1/3","c2/3"]""");
    }

    [Fact]
    public async Task Variables_outlive_the_state_and_inner_scopes_read_them()
    {
        var output = await Machine.OutputAsync(Machine.Of("""
            "A": {"Type": "Pass", "Assign": {"x": 5, "name.$": "$.who"}, "Next": "B"},
            "B": {"Type": "Pass", "Assign": {"x": 42, "old.$": "$x"}, "Next": "M"},
            "M": {"Type": "Map", "ItemsPath": "$.list", "ItemProcessor": {"StartAt": "I", "States": {
                   "I": {"Type": "Pass", "Parameters": {"s.$": "States.Format('{} {} {} {}', $name, $x, $old, $$.Map.Item.Value)"}, "End": true}}},
                  "End": true}
            """), """{"who": "Ada", "list": [1, 2]}""");
        output.ShouldBe("""[{"s":"Ada 42 5 1"},{"s":"Ada 42 5 2"}]""");
    }
}
