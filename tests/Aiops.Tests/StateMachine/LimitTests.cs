using System.Text.Json;
using Aiops.StateMachine.Evaluation;

namespace Aiops.Tests.StateMachine;

/// <summary>The service's quotas and the language's limits, at the limit and one past it.</summary>
public class LimitTests
{
    private const string Lambda = "\"Resource\": \"arn:aws:lambda:eu-central-1:123456789012:function:F\"";

    [Theory]
    [InlineData(262_142, "plenty")] // With its two quotes, 256 KiB to the byte.
    [InlineData(262_143, "too large")]
    public async Task An_answer_may_have_256_KiB_and_no_wildcard_catches_more(int characters, string expected)
    {
        var machine = Machine.Of($$"""
            "T": {"Type": "Task", {{Lambda}}, "Next": "P",
                  "Catch": [{"ErrorEquals": ["States.TaskFailed"], "Next": "Caught"}, {"ErrorEquals": ["States.DataLimitExceeded"], "Next": "Large"},
                            {"ErrorEquals": ["States.ALL"], "Next": "Caught"}]},
            "P": {"Type": "Pass", "Result": "plenty", "End": true},
            "Large": {"Type": "Pass", "Result": "too large", "End": true},
            "Caught": {"Type": "Pass", "Result": "caught", "End": true}
            """);
        var tasks = new ScriptedTasks().Answer("F", $"\"{new string('x', characters)}\"");
        (await Machine.OutputAsync(machine, "{}", tasks)).ShouldBe($"\"{expected}\"");
    }

    [Fact]
    public async Task An_execution_takes_256_KiB_of_input_and_no_more()
    {
        static string Text(int characters) => $"\"{new string('x', characters)}\"";
        (await Machine.RunAsync(Machine.Of("\"S\": {\"Type\": \"Succeed\"}"), Text(262_142))).Status.ShouldBe(ExecutionStatus.Succeeded);
        (await Machine.RunAsync(Machine.Of("\"S\": {\"Type\": \"Succeed\"}"), Text(262_143))).Error.ShouldBe("States.DataLimitExceeded");
    }

    [Fact]
    public async Task Sizes_are_counted_in_bytes_of_UTF_8()
    {
        var tasks = new ScriptedTasks().Answer("F", $"\"{new string('ä', 131_072)}\"");
        var result = await Machine.RunAsync(Machine.Of($$"""
            "T": {"Type": "Task", {{Lambda}}, "End": true, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "S"}]}, "S": {"Type": "Succeed"}
            """), tasks: tasks);
        (result.Status, result.Error).ShouldBe((ExecutionStatus.Failed, "States.DataLimitExceeded"));
    }

    [Fact]
    public async Task A_loop_that_never_waits_ends_at_25_000_events()
    {
        var result = await Machine.RunAsync(Machine.Of("""
            "A": {"Type": "Pass", "Next": "C"},
            "C": {"Type": "Choice", "Choices": [{"Variable": "$.stop", "BooleanEquals": true, "Next": "S"}], "Default": "A"},
            "S": {"Type": "Succeed"}
            """), """{"stop": false}""");
        (result.Status, result.Error).ShouldBe((ExecutionStatus.Failed, "States.Runtime"));
        result.History.Count.ShouldBeInRange(25_000, 25_010);
        result.History.Select(each => each.Id).ShouldBe(Enumerable.Range(1, result.History.Count).Select(id => (long)id));
    }

    [Theory]
    [InlineData(10_000, ExecutionStatus.Succeeded)]
    [InlineData(10_001, ExecutionStatus.Failed)]
    public async Task Coding_takes_10_000_characters(int characters, ExecutionStatus expected)
    {
        var input = $$"""{"s": "{{new string('x', characters)}}"}""";
        (await Machine.EvaluateAsync("States.Base64Encode($.s)", input)).Status.ShouldBe(expected);
        (await Machine.EvaluateAsync("States.Hash($.s, 'SHA-256')", input)).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task A_range_has_up_to_1000_items()
    {
        (await Machine.EvaluateAsync("States.ArrayRange(1, 1000, 1)")).Output!.Value.GetArrayLength().ShouldBe(1000);
        (await Machine.EvaluateAsync("States.ArrayRange(1, 1001, 1)")).Error.ShouldBe("States.IntrinsicFailure");
        (await Machine.EvaluateAsync("States.ArrayRange(-9223372036854775808, 9223372036854775807, 1)")).Error.ShouldBe("States.IntrinsicFailure");
    }

    [Theory]
    [InlineData("1.50")]
    [InlineData("12345678901234567890123")]
    [InlineData("1E+2")]
    public async Task Numbers_that_nobody_touches_keep_their_text(string number)
    {
        var result = await Machine.RunAsync(Machine.Of("""
            "A": {"Type": "Pass", "Parameters": {"moved.$": "$.n"}, "ResultPath": "$.b", "Assign": {"n.$": "$.moved"}, "Next": "B"},
            "B": {"Type": "Pass", "Parameters": {"all.$": "States.Array($n, $.n, $.b.moved)"}, "End": true}
            """), $$"""{"n": {{number}}}""");
        result.Output!.Value.GetRawText().ShouldBe($$"""{"all":[{{number}},{{number}},{{number}}]}""");
    }

    [Fact]
    public async Task A_draw_lies_between_the_start_and_before_the_end_and_a_seed_repeats_it()
    {
        for (var i = 0; i < 20; i++)
        {
            (await Machine.EvaluateAsync($"States.MathRandom(3, 5, {i})")).Output!.Value.GetInt32().ShouldBeInRange(3, 4);
        }

        var first = await Machine.EvaluateAsync("States.MathRandom(1, 999999, 7)");
        var second = await Machine.EvaluateAsync("States.MathRandom(1, 999999, 7)");
        first.Output!.Value.GetInt32().ShouldBe(second.Output!.Value.GetInt32());
    }

    [Fact]
    public async Task A_UUID_is_of_version_4()
        => Guid.Parse((await Machine.EvaluateAsync("States.UUID()")).Output!.Value.GetString()!).Version.ShouldBe(4);

    [Fact]
    public void Full_jitter_waits_between_nothing_and_the_whole_interval()
    {
        var interpreter = Machine.Interpreter(Machine.Of($$"""
            "T": {"Type": "Task", {{Lambda}}, "End": true,
                  "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 100, "BackoffRate": 1, "MaxAttempts": 50, "JitterStrategy": "FULL"}]}
            """));
        var transition = interpreter.Start(Machine.Input(), Machine.Start);
        var waits = new List<double>();
        for (var i = 0; i < 50; i++)
        {
            var call = transition.Commands.OfType<InvokeTask>().Single();
            transition = interpreter.Apply(transition.State, new TaskFailed(call.TaskId, "E", null), Machine.Start);
            var timer = transition.Commands.OfType<StartTimer>().Single();
            waits.Add((timer.DueAt - Machine.Start).TotalSeconds);
            transition = interpreter.Apply(transition.State, new TimerFired(timer.TimerId), timer.DueAt);
        }

        waits.ShouldAllBe(seconds => seconds >= 0 && seconds <= 100);
        waits.Average().ShouldBeInRange(30, 70);
    }

    [Theory]
    [InlineData("\"\\ud800\"", "\"\ufffd\"")]
    [InlineData("{\"a\\udc00\": \"\\ud83d\\ude00\\udc00x\\\\ud800\"}", "{\"a\ufffd\":\"\U0001F600\ufffdx\\\\ud800\"}")]
    public async Task Half_a_surrogate_pair_in_an_answer_is_replaced(string answer, string expected)
    {
        var result = await Machine.RunAsync(Machine.Of($$"""
            "T": {"Type": "Task", {{Lambda}}, "Next": "P"},
            "P": {"Type": "Pass", "Parameters": {"x.$": "States.JsonToString($)"}, "OutputPath": "$.x", "End": true}
            """), tasks: new ScriptedTasks().Answer("F", answer));
        result.Output!.Value.GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task Data_as_deep_as_a_parser_lets_in_is_stored_and_wrapped()
    {
        var deep = new string('[', 63) + new string(']', 63);
        var result = await Machine.RunAsync(Machine.Of("""
            "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "F"}, "ResultPath": "$.a.b", "End": true}
            """), tasks: new ScriptedTasks().Answer("F", deep));
        result.Output!.Value.GetProperty("a").GetProperty("b").GetProperty("Payload").GetRawText().ShouldBe(deep);
    }

    [Fact]
    public async Task Data_that_grows_ever_deeper_fails_the_execution()
    {
        var result = await Machine.RunAsync(Machine.Of("""
            "A": {"Type": "Pass", "Parameters": {"a.$": "$"}, "Next": "C"},
            "C": {"Type": "Choice", "Choices": [{"Variable": "$.stop", "IsPresent": true, "Next": "S"}], "Default": "A"},
            "S": {"Type": "Succeed"}
            """));
        (result.Status, result.Error).ShouldBe((ExecutionStatus.Failed, "States.Runtime"));
    }

    [Fact]
    public async Task The_context_object_tells_of_the_execution()
    {
        var result = await Machine.RunAsync(Machine.Of("""
            "P": {"Type": "Pass", "Parameters": {"c.$": "$$"}, "OutputPath": "$.c", "End": true}
            """), """{"a": 1}""");
        JsonElement.DeepEquals(result.Output!.Value, JsonElement.Parse("""
            {"Execution": {"Id": "arn:aws:states:eu-central-1:000000000000:execution:incident:e1", "Input": {"a": 1}, "Name": "e1",
              "StartTime": "2026-03-02T10:00:00.000Z", "RedriveCount": 0},
             "State": {"EnteredTime": "2026-03-02T10:00:00.000Z", "Name": "P", "RetryCount": 0},
             "StateMachine": {"Id": "arn:aws:states:eu-central-1:000000000000:stateMachine:incident", "Name": "incident"}}
            """)).ShouldBeTrue(result.Output.ToString());
    }

    [Fact]
    public async Task A_runtime_error_says_in_which_state_and_why()
    {
        var result = await Machine.RunAsync(Machine.Of("""
            "A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Parameters": {"x.$": "$.nope"}, "End": true}
            """), """{"a":1}""");
        result.Cause.ShouldBe("An error occurred while executing the state 'B' (entered at the event id #4). "
            + "The JSONPath '$.nope' specified for the field 'x.$' could not be found in the input '{\"a\":1}'");
    }
}
