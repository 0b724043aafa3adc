using System.Text.Json;
using Aiops.StateMachine.Evaluation;

namespace Aiops.Tests.StateMachine;

/// <summary>What a host relies on: states that outlive the process, events that may come late, twice or never.</summary>
public class DurabilityTests
{
    private const string Incident = """
        {"TimeoutSeconds": 2000000, "StartAt": "Settle", "States": {
          "Settle": {"Type": "Wait", "Seconds": 90, "Assign": {"rounds": 0}, "Next": "Gather"},
          "Gather": {"Type": "Parallel", "ResultPath": "$.context", "Next": "Each", "Branches": [
            {"StartAt": "Metrics", "States": {"Metrics": {"Type": "Task", "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:Metrics",
              "Retry": [{"ErrorEquals": ["Throttled"], "IntervalSeconds": 2, "JitterStrategy": "FULL"}], "End": true}}},
            {"StartAt": "Logs", "States": {"Logs": {"Type": "Task", "TimeoutSeconds": 60, "Resource": "arn:aws:states:::lambda:invoke",
              "Parameters": {"FunctionName": "Logs"}, "OutputPath": "$.Payload", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Missing"}], "End": true},
              "Missing": {"Type": "Pass", "Result": "missing", "End": true}}}]},
          "Each": {"Type": "Map", "ItemsPath": "$.context", "MaxConcurrency": 1, "ResultPath": "$.each", "Next": "Await",
            "ItemProcessor": {"StartAt": "One", "States": {"One": {"Type": "Task", "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:One", "End": true}}}},
          "Await": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "TimeoutSeconds": 1209600, "HeartbeatSeconds": 86400,
            "Parameters": {"FunctionName": "Ask", "Payload": {"token.$": "$$.Task.Token"}}, "ResultPath": "$.review", "End": true}}}
        """;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_host_killed_between_any_two_steps_ends_the_same(int killEvery)
    {
        var host = new ForgetfulHost(Incident, killEvery);
        var ended = host.RunToEnd();
        ended.Status.ShouldBe(ExecutionStatus.Succeeded, ended.Cause);
        ended.Output!.Value.GetRawText().ShouldBe(
            """{"id":"i-1","context":["metrics","logs"],"each":["metrics","logs"],"review":"confirmed"}""");
        host.Kills.ShouldBeGreaterThan(killEvery == 0 ? -1 : 1);
    }

    [Fact]
    public void A_state_is_the_same_after_a_trip_through_json()
    {
        var host = new ForgetfulHost(Incident, 0);
        host.RunToEnd();
        host.Stored.Count.ShouldBeGreaterThan(8);
        foreach (var stored in host.Stored)
        {
            ExecutionState.FromJson(stored).ToJson().ShouldBe(stored);
        }
    }

    [Fact]
    public void The_same_events_give_the_same_ids()
    {
        var (first, second) = (new ForgetfulHost(Incident, 0), new ForgetfulHost(Incident, 0));
        first.RunToEnd();
        second.RunToEnd();
        first.Stored.ShouldBe(second.Stored);
    }

    [Fact]
    public void Late_doubled_and_unknown_events_change_nothing()
    {
        var interpreter = Machine.Interpreter(Machine.Of("""
            "A": {"Type": "Task", "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:A", "Next": "B"},
            "B": {"Type": "Task", "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:B", "End": true}
            """));
        var started = interpreter.Start(Machine.Input(), Machine.Start);
        var taskId = started.Commands.OfType<InvokeTask>().Single().TaskId;
        var answered = interpreter.Apply(started.State, new TaskSucceeded(taskId, JsonElement.Parse("1")), Machine.Start);
        foreach (var stale in (ExecutionEvent[])[
            new TaskSucceeded(taskId, JsonElement.Parse("2")), new TaskFailed(taskId, "E", null), new TaskHeartbeat(taskId),
            new TimerFired("nobody"), new TokenSucceeded("nobody", JsonElement.Parse("1")), new TokenFailed("nobody", null, null)])
        {
            var again = interpreter.Apply(answered.State, stale, Machine.Start);
            again.State.ShouldBeSameAs(answered.State);
            again.Commands.ShouldBeEmpty();
            again.History.ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_heartbeat_starts_the_interval_again()
    {
        var interpreter = Machine.Interpreter(Machine.Of("""
            "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "HeartbeatSeconds": 10,
                  "Parameters": {"FunctionName": "A"}, "End": true}
            """));
        var started = interpreter.Start(Machine.Input(), Machine.Start);
        var first = started.Commands.OfType<StartTimer>().Single();
        var token = started.Commands.OfType<InvokeTask>().Single().TaskToken!;
        var beaten = interpreter.Apply(started.State, new TokenHeartbeat(token), Machine.Start.AddSeconds(8));
        beaten.Commands.ShouldContain(new CancelTimer(first.TimerId));
        var second = beaten.Commands.OfType<StartTimer>().Single();
        second.DueAt.ShouldBe(Machine.Start.AddSeconds(18));
        interpreter.Apply(beaten.State, new TimerFired(first.TimerId), first.DueAt).State.Status.ShouldBe(ExecutionStatus.Running);
        var ended = interpreter.Apply(beaten.State, new TimerFired(second.TimerId), second.DueAt).State;
        (ended.Status, ended.Error).ShouldBe((ExecutionStatus.Failed, "States.Timeout"));
    }

    [Fact]
    public void A_token_names_its_execution()
    {
        var started = Machine.Interpreter(Machine.Of("""
            "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "Parameters": {"FunctionName": "A"}, "End": true}
            """)).Start(Machine.Input(), Machine.Start);
        TaskToken.TryRead(started.Commands.OfType<InvokeTask>().Single().TaskToken!, out var executionId).ShouldBeTrue();
        executionId.ShouldBe(Machine.Input().ExecutionId);
        TaskToken.TryRead("?!", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_stopped_execution_cancels_what_is_open_and_takes_no_more()
    {
        var interpreter = Machine.Interpreter(Incident);
        var started = interpreter.Start(Machine.Input(), Machine.Start);
        var stopped = interpreter.Apply(started.State, new ExecutionStopped("Enough", "by hand"), Machine.Start);
        stopped.Commands.OfType<CancelTimer>().Count().ShouldBe(2); // The wait's and the execution's own.
        stopped.Commands.OfType<Complete>().Single().ShouldBe(new Complete(ExecutionStatus.Aborted, null, "Enough", "by hand"));
        Interpreter.OutstandingCommands(stopped.State).ShouldHaveSingleItem().ShouldBeOfType<Complete>();
        interpreter.Apply(stopped.State, new ExecutionStopped(), Machine.Start).State.ShouldBeSameAs(stopped.State);
    }

    [Fact]
    public void An_output_of_null_is_not_lost_in_storage()
    {
        var interpreter = Machine.Interpreter(Machine.Of("\"P\": {\"Type\": \"Pass\", \"Result\": null, \"End\": true}"));
        var ended = ExecutionState.FromJson(interpreter.Start(Machine.Input(), Machine.Start).State.ToJson());
        ended.Output!.Value.ValueKind.ShouldBe(JsonValueKind.Null);
    }

    /// <summary>A host that stores each state and loses everything else every so many steps.</summary>
    private sealed class ForgetfulHost(string definition, int killEvery)
    {
        private readonly Interpreter interpreter = Machine.Interpreter(definition);
        private readonly Dictionary<string, DateTimeOffset> timers = [];
        private readonly List<InvokeTask> calls = [];
        private int metricsCalls;

        public List<string> Stored { get; } = [];

        public int Kills { get; private set; }

        public ExecutionState RunToEnd()
        {
            var now = Machine.Start;
            Take(interpreter.Start(Machine.Input("""{"id": "i-1"}"""), now));
            for (var step = 1; step < 200; step++)
            {
                if (killEvery > 0 && step % killEvery == 0)
                {
                    Kills++;
                    timers.Clear();
                    calls.Clear();
                    Do(Interpreter.OutstandingCommands(Last()));
                }

                var state = Last();
                if (state.Status != ExecutionStatus.Running)
                {
                    return state;
                }

                if (calls.Count > 0)
                {
                    var call = calls[0];
                    calls.RemoveAt(0);
                    Happen(state, Answer(call), now);
                }
                else if (state.Root!.Pending is PendingTask { Task.TaskToken: { } token })
                {
                    Happen(state, new TokenSucceeded(token, JsonElement.Parse("\"confirmed\"")), now);
                }
                else
                {
                    var (timer, due) = timers.MinBy(each => each.Value);
                    timers.Remove(timer);
                    now = due;
                    Happen(state, new TimerFired(timer), now);
                }
            }

            throw new InvalidOperationException("The execution does not end.");
        }

        private ExecutionEvent Answer(InvokeTask call) => call.FunctionName[(call.FunctionName.LastIndexOf(':') + 1)..] switch
        {
            "Metrics" when metricsCalls++ == 0 => new TaskFailed(call.TaskId, "Throttled", null),
            "Metrics" => new TaskSucceeded(call.TaskId, JsonElement.Parse("\"metrics\"")),
            "Logs" => new TaskSucceeded(call.TaskId, JsonElement.Parse("\"logs\"")),
            _ => new TaskSucceeded(call.TaskId, call.Payload),
        };

        // Delivery is at least once, so everything happens twice.
        private void Happen(ExecutionState state, ExecutionEvent happened, DateTimeOffset now)
        {
            Take(interpreter.Apply(state, happened, now));
            interpreter.Apply(Last(), happened, now).Commands.ShouldBeEmpty();
        }

        private ExecutionState Last() => ExecutionState.FromJson(Stored[^1]);

        private void Take(Transition transition)
        {
            Stored.Add(transition.State.ToJson());
            Do(transition.Commands);
        }

        private void Do(IEnumerable<Command> commands)
        {
            foreach (var command in commands)
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
                        timers[timer.TimerId] = timer.DueAt;
                        break;
                    case CancelTimer { TimerId: var timerId }:
                        timers.Remove(timerId);
                        break;
                }
            }
        }
    }
}
