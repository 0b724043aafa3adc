using Aiops.Local.Workflow;
using Aiops.Pipeline;
using Aiops.Pipeline.Act;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.StateMachine.Definition;
using static Aiops.Tests.Pipeline.Act.ActWorld;

namespace Aiops.Tests.Pipeline.Act;

public sealed class ActStepTests : IAsyncLifetime
{
    private static readonly ActInput Input = new("ACT-1");

    private ActWorld world = null!;

    public async Task InitializeAsync() => world = await NewAsync();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task An_approved_action_runs_is_watched_and_checked()
    {
        world.Metrics = new OneSeries(mended: Alarm.AddMinutes(6), until: Alarm.AddHours(1));
        world.Runner.Statuses.Enqueue(null);
        world.Runner.Statuses.Enqueue(null);
        await world.ApprovedAsync();
        await world.RunAsync();

        var request = await world.NowAsync();
        request.State.ShouldBe(ActionState.Closed);
        request.Run!.Outcome.ShouldBe(RunOutcome.Succeeded);
        request.Check!.Result.ShouldBe(CheckResult.Recovered, request.Check.Statement);
        (await world.Store.LogAsync(default)).Select(entry => entry.State).ShouldBe(
            [ActionState.Proposed, ActionState.Shown, ActionState.Approved, ActionState.Starting, ActionState.Running, ActionState.Ended, ActionState.Closed]);
        (await world.Desk.LogProblemAsync(default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_metric_that_stays_out_says_so()
    {
        world.Metrics = new OneSeries(mended: null, until: Alarm.AddHours(1));
        await world.ApprovedAsync();
        await world.RunAsync();
        (await world.NowAsync()).Check!.Result.ShouldBe(CheckResult.NotRecovered);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_data_afterwards_nobody_claims_that_it_helped(bool hasSource)
    {
        world.Metrics = hasSource ? new OneSeries(mended: null, until: Alarm) : null;
        await world.ApprovedAsync();
        await world.RunAsync();
        (await world.NowAsync()).Check!.Result.ShouldBe(CheckResult.NotKnown);
    }

    [Fact]
    public async Task What_fails_is_closed_as_failed_and_still_checked()
    {
        world.Runner.Status = new ActionRun(RunOutcome.Failed, "exit code 3", Alarm.AddMinutes(6));
        await world.ApprovedAsync();
        await world.RunAsync();
        var request = await world.NowAsync();
        (request.Run!.Outcome, request.Check).ShouldSatisfyAllConditions(pair => pair.Outcome.ShouldBe(RunOutcome.Failed), pair => pair.Check.ShouldNotBeNull());
    }

    [Fact]
    public async Task What_can_not_be_started_is_not_tried_again()
    {
        world.Runner.Start = _ => new StartResult.NotStarted("no such file");
        await world.ApprovedAsync();
        await world.RunAsync();
        (await world.NowAsync()).Run!.Outcome.ShouldBe(RunOutcome.NotStarted);
        world.Runner.Starts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_approval_holds_for_a_quarter_of_an_hour()
    {
        await world.ApprovedAsync();
        world.Time.Advance(ActionDesk.Fresh);
        (await world.Step.ValidateAsync(Input, default)).State.ShouldBe(ActionState.Approved);
        world.Time.Advance(TimeSpan.FromTicks(1));
        (await world.Step.ValidateAsync(Input, default)).State.ShouldBe(ActionState.Expired);
        await world.RunAsync();
        world.Runner.Starts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, ActionState.Running)]
    [InlineData(1, ActionState.Expired)]
    public async Task An_approval_that_was_validated_in_time_is_still_not_started_too_late(int secondsMore, ActionState state)
    {
        await world.ApprovedAsync();
        await world.Step.ValidateAsync(Input, default);
        world.Time.Advance(ActionDesk.Fresh + TimeSpan.FromSeconds(secondsMore)); // The host was down in between.
        await world.Step.StartAsync(Input, default);
        (await world.NowAsync()).State.ShouldBe(state);
    }

    [Theory]
    [InlineData("\"/opt/scale\"", "\"/opt/other\"")]
    [InlineData("\"--count={count}\"", "\"--count={count}\", \"--force\"")]
    [InlineData("\"max\": 10", "\"max\": 3")]
    [InlineData("\"id\": \"scale\"", "\"id\": \"scale-other\"")]
    [InlineData("\"maxRisk\": \"medium\"", "\"maxRisk\": \"low\"")]
    public async Task A_list_that_changed_since_the_dry_run_stops_it(string text, string instead)
    {
        await world.ApprovedAsync();
        world.Allowed = Read(Scale.Replace(text, instead, StringComparison.Ordinal));
        await world.RunAsync();
        (await world.NowAsync()).State.ShouldBe(ActionState.Refused);
        world.Runner.Starts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dying_before_it_is_started_starts_it_once_afterwards()
    {
        await world.ApprovedAsync();
        await world.Step.ValidateAsync(Input, default);
        await world.RunAsync();
        world.Runner.Starts.ShouldHaveSingleItem().ShouldNotContain("again");
    }

    [Fact]
    public async Task Dying_while_it_is_started_leaves_it_unknown_where_the_runner_can_not_tell()
    {
        world.Runner.Start = again => again ? new StartResult.Unknown("nobody knows") : throw new InvalidOperationException("killed");
        await world.ApprovedAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => world.Step.StartAsync(Input, default));
        (await world.NowAsync()).State.ShouldBe(ActionState.Starting);
        await world.RunAsync();
        var request = await world.NowAsync();
        (request.State, request.Run!.Outcome, request.Run.Output).ShouldBe((ActionState.Closed, RunOutcome.Unknown, "nobody knows"));
        world.Runner.Starts.Count(start => !start.EndsWith("again", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Dying_while_it_runs_watches_it_on_and_starts_nothing()
    {
        await world.ApprovedAsync();
        await world.Step.StartAsync(Input, default);
        await world.RunAsync();
        (await world.NowAsync()).State.ShouldBe(ActionState.Closed);
        world.Runner.Starts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Every_task_done_twice_changes_nothing_more()
    {
        await world.ApprovedAsync();
        foreach (var task in new[] { world.Step.ValidateAsync, world.Step.StartAsync, world.Step.LookAsync, world.Step.CheckAsync })
        {
            var first = await task(Input, default);
            var version = (await world.NowAsync()).Version;
            (await task(Input, default)).State.ShouldBe(first.State);
            (await world.NowAsync()).Version.ShouldBe(version);
        }

        world.Runner.Starts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Approving_again_starts_the_workflow_that_a_dead_process_did_not()
    {
        var shown = await world.ShownAsync();
        var line = new ActionLine(world.Time.GetUtcNow(), Ann.Name, Ann.Place, "approved it", shown.DryRun!.Digest);
        await world.Store.SaveAsync(
            shown with { State = ActionState.Approved, ApprovedBy = Ann.Name, ApprovedAt = world.Time.GetUtcNow(), Version = shown.Version + 1 }, line, default);
        await world.RunAsync();
        world.Runner.Starts.ShouldBeEmpty();
        Request(await world.Desk.ApproveAsync("ACT-1", shown.DryRun.Digest, Ann, default));
        await world.RunAsync();
        world.Runner.Starts.Count.ShouldBe(1);
    }

    [Fact]
    public void Each_function_that_the_workflow_calls_is_a_task_and_each_error_that_it_names_is_thrown()
    {
        string[] tasks = ["CheckAction", "GiveUpAction", "LookAtAction", "StartAction", "ValidateAction"];
        var workflow = StateMachineDefinition.Parse(WorkflowCatalog.Read(WorkflowCatalog.ApprovedAction), tasks.ToDictionary(name => name + "Function"));
        workflow.FunctionNames.Distinct().Order(StringComparer.Ordinal).ShouldBe(tasks);
        workflow.HandledErrors.Where(error => !error.StartsWith("Lambda.", StringComparison.Ordinal))
            .Except(["States.ALL", nameof(StoreUnavailableException), nameof(StageDeadlineException), nameof(SourceUnavailableException)]).ShouldBeEmpty();
    }
}
