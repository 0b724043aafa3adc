using Aiops.Analysis.Telemetry;
using Aiops.Pipeline.Act;
using Aiops.Pipeline.GatherContext.Sources;
using static Aiops.Tests.Pipeline.Act.ActWorld;

namespace Aiops.Tests.Pipeline.Act;

public sealed class GivenUpTests : IAsyncLifetime
{
    private ActWorld world = null!;

    public async Task InitializeAsync() => world = await NewAsync();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_check_whose_source_never_answers_is_given_up_and_another_action_may_follow()
    {
        world.Metrics = new Broken();
        await world.ApprovedAsync();
        await world.RunAsync();

        var request = await world.NowAsync();
        (request.State, request.Run!.Outcome, request.Check!.Result).ShouldBe((ActionState.Closed, RunOutcome.Succeeded, CheckResult.NotKnown));
        request.Because!.ShouldContain(nameof(SourceUnavailableException));
        (await world.Store.LogAsync(default))[^1].Line.What.ShouldContain("gave it up");
        (await world.Desk.LogProblemAsync(default)).ShouldBeNull();
        Request(await world.Desk.ProposeAsync(Proposal(id: "ACT-2"), Kim, default)).State.ShouldBe(ActionState.Proposed);
    }

    [Fact]
    public async Task What_failed_while_it_was_started_is_closed_as_not_known_and_never_started_again()
    {
        world.Runner.Start = _ => throw new InvalidOperationException("the program is gone");
        await world.ApprovedAsync();
        await world.RunAsync();

        var request = await world.NowAsync();
        (request.State, request.Run!.Outcome).ShouldBe((ActionState.Closed, RunOutcome.Unknown));
        world.Runner.Starts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_approved_and_not_begun_expires_once()
    {
        var approved = await world.ApprovedAsync();
        (await world.Step.GiveUpAsync(new ActInput("ACT-1", "Broken"), default)).State.ShouldBe(ActionState.Expired);
        var expired = await world.NowAsync();
        (expired.Version, expired.Run).ShouldBe((approved.Version + 1, null));
        (await world.Step.GiveUpAsync(new ActInput("ACT-1", "Broken"), default)).State.ShouldBe(ActionState.Expired);
        (await world.NowAsync()).Version.ShouldBe(expired.Version);
    }

    [Fact]
    public async Task One_that_hangs_is_closed_by_an_approver_with_a_reason_past_its_time_and_not_at_it()
    {
        await HangAsync();
        world.Time.Advance(ActionDesk.Hanging + TimeSpan.FromMinutes(1));
        Refusal(await world.Desk.CloseAsync("ACT-1", "the machine is gone", Ann, default)).ShouldContain("still come to its end");
        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        Refusal(await world.Desk.CloseAsync("ACT-1", "the machine is gone", Kim, default)).ShouldContain("no approver");
        Refusal(await world.Desk.CloseAsync("ACT-1", " ", Ann, default)).ShouldContain("No reason");
        Refusal(await world.Desk.CloseAsync("ACT-9", "gone", Ann, default)).ShouldContain("no action");

        var closed = Request(await world.Desk.CloseAsync("ACT-1", "the machine is gone", Ann, default));
        (closed.State, closed.Run!.Outcome, closed.Check!.Result).ShouldBe((ActionState.Closed, RunOutcome.Unknown, CheckResult.NotKnown));
        var line = (await world.Store.LogAsync(default))[^1].Line;
        (line.Who, line.What).ShouldBe(("ann", "closed it: the machine is gone"));
        Refusal(await world.Desk.CloseAsync("ACT-1", "again", Ann, default)).ShouldContain("is closed");
    }

    [Fact]
    public async Task A_workflow_that_comes_back_after_it_was_closed_changes_nothing()
    {
        await HangAsync();
        world.Time.Advance(ActionDesk.Hanging + TimeSpan.FromMinutes(2));
        var closed = Request(await world.Desk.CloseAsync("ACT-1", "the machine is gone", Ann, default));
        (await world.Step.LookAsync(new ActInput("ACT-1"), default)).State.ShouldBe(ActionState.Closed);
        (await world.Step.CheckAsync(new ActInput("ACT-1"), default)).State.ShouldBe(ActionState.Closed);
        (await world.NowAsync()).Version.ShouldBe(closed.Version);
    }

    [Fact]
    public async Task What_was_never_started_cannot_hang()
    {
        await world.ApprovedAsync();
        world.Time.Advance(TimeSpan.FromDays(1));
        Refusal(await world.Desk.CloseAsync("ACT-1", "late", Ann, default)).ShouldContain("is approved");
    }

    /// <summary>Started, and never heard of again; its check would wait for a minute.</summary>
    private async Task HangAsync()
    {
        world.Allowed = Read(Scale.Replace("\"parameters\"", "\"checkAfterSeconds\": 60, \"parameters\"", StringComparison.Ordinal));
        await world.ApprovedAsync();
        (await world.Step.StartAsync(new ActInput("ACT-1"), default)).State.ShouldBe(ActionState.Running);
    }

    private sealed class Broken : IMetricSource
    {
        public Task<SourceAnswer<IReadOnlyList<MetricSeries>>> QueryAsync(TelemetryQuery query, CancellationToken cancellationToken)
            => throw new SourceUnavailableException("it never answers");
    }
}
