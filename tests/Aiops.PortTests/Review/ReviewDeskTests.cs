using Aiops.Pipeline.Review;
using Aiops.PortTests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.PortTests.Review;

/// <summary>What any review desk must hold to.</summary>
public abstract class ReviewDeskTests : IAsyncLifetime
{
    private readonly Workflow workflow = new();
    private IReviewDesk desk = null!;
    private ReviewStep step = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        desk = await NewDeskAsync();
        step = new ReviewStep(desk, workflow, NullLogger<ReviewStep>.Instance);
    }

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>An empty desk.</summary>
    protected abstract Task<IReviewDesk> NewDeskAsync();

    [PortFact]
    public async Task A_signal_that_comes_while_no_token_is_out_waits_for_one()
    {
        (await step.SignalAsync("INC-1", Signal(ReviewSignalKind.Changed), None)).ShouldBeFalse();
        (await step.RunAsync(new ReviewInput("INC-1", 1, "token-1"), None)).Waiting.ShouldBeFalse();
        workflow.Answered.ShouldBe([("token-1", "changed")]);
        (await desk.DeliverableAsync(None)).ShouldBeEmpty();
    }

    [PortFact]
    public async Task What_lies_on_the_desk_can_be_looked_at()
    {
        (await desk.FindAsync("INC-1", None)).ShouldBeNull();
        await desk.LeaveAsync("INC-1", Signal(ReviewSignalKind.Reviewed), None);
        var lying = (await desk.FindAsync("INC-1", None)).ShouldNotBeNull();
        (lying.TaskToken, lying.Signal!.Signal).ShouldBe((null, ReviewSignalKind.Reviewed));
        await desk.ClearAsync(lying, None);
        (await desk.FindAsync("INC-1", None)).ShouldBeNull();
    }

    [PortFact]
    public async Task A_signal_answers_a_waiting_token_once()
    {
        (await step.RunAsync(new ReviewInput("INC-1", 1, "token-1"), None)).Waiting.ShouldBeTrue();
        (await step.SignalAsync("INC-1", Signal(ReviewSignalKind.Reviewed), None)).ShouldBeTrue();
        await step.DeliverAllAsync(None);
        workflow.Answered.ShouldBe([("token-1", "reviewed")]);
    }

    [PortTheory]
    [InlineData(ReviewSignalKind.Changed, ReviewSignalKind.Reviewed, "reviewed")]
    [InlineData(ReviewSignalKind.Reviewed, ReviewSignalKind.Changed, "reviewed")]
    [InlineData(ReviewSignalKind.Changed, ReviewSignalKind.Resolved, "resolved")]
    public async Task Of_two_that_wait_the_one_that_settles_more_is_delivered(ReviewSignalKind first, ReviewSignalKind second, string delivered)
    {
        await step.SignalAsync("INC-1", Signal(first), None);
        await step.SignalAsync("INC-1", Signal(second), None);
        await step.RunAsync(new ReviewInput("INC-1", 1, "token-1"), None);
        workflow.Answered.ShouldBe([("token-1", delivered)]);
    }

    [PortFact]
    public async Task Dying_between_leaving_and_sending_leaves_it_for_the_sweep()
    {
        await desk.LayDownAsync("INC-1", "token-1", None);
        await desk.LeaveAsync("INC-1", Signal(ReviewSignalKind.Resolved), None); // And then the process was gone.
        (await step.DeliverAllAsync(None)).Count.ShouldBe(1);
        workflow.Answered.ShouldBe([("token-1", "resolved")]);
    }

    [PortFact]
    public async Task A_signal_to_a_stale_token_stays_for_the_next_one()
    {
        await step.RunAsync(new ReviewInput("INC-1", 1, "stale"), None);
        workflow.Refuse = true;
        (await step.SignalAsync("INC-1", Signal(ReviewSignalKind.Changed), None)).ShouldBeFalse();
        workflow.Refuse = false;
        await step.RunAsync(new ReviewInput("INC-1", 2, "fresh"), None);
        workflow.Answered.ShouldBe([("fresh", "changed")]);
    }

    [PortFact]
    public async Task What_was_laid_down_or_left_since_is_not_forgotten_with_what_was_delivered()
    {
        await desk.LayDownAsync("INC-1", "token-1", None);
        var delivered = await desk.LeaveAsync("INC-1", Signal(ReviewSignalKind.Changed), None);
        await desk.LayDownAsync("INC-1", "token-2", None);
        await desk.ClearAsync(delivered, None);
        await desk.LeaveAsync("INC-1", Signal(ReviewSignalKind.Resolved), None);
        await desk.ClearAsync(delivered, None);
        var left = (await desk.DeliverableAsync(None)).ShouldHaveSingleItem();
        (left.TaskToken, left.Signal!.Signal).ShouldBe(("token-2", ReviewSignalKind.Resolved));
    }

    [PortFact]
    public async Task Only_a_change_can_be_withdrawn()
    {
        await desk.LeaveAsync("INC-1", Signal(ReviewSignalKind.Changed), None);
        await desk.LeaveAsync("INC-2", Signal(ReviewSignalKind.Resolved), None);
        foreach (var incident in new[] { "INC-1", "INC-2", "INC-3" })
        {
            await desk.WithdrawChangedAsync(incident, None);
        }

        (await desk.LayDownAsync("INC-1", "token-1", None)).Signal.ShouldBeNull();
        (await desk.LayDownAsync("INC-2", "token-2", None)).Signal.ShouldNotBeNull().Signal.ShouldBe(ReviewSignalKind.Resolved);
    }

    [PortFact]
    public async Task A_signal_and_a_token_that_arrive_at_the_same_moment_meet()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(i => new[]
        {
            Task.Run(() => step.RunAsync(new ReviewInput($"INC-{i}", 1, $"token-{i}"), None)),
            Task.Run(() => (Task)step.SignalAsync($"INC-{i}", Signal(ReviewSignalKind.Resolved), None)),
        }));
        workflow.Answered.Select(answer => answer.Token).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 20).Select(i => $"token-{i}").Order(StringComparer.Ordinal));
        (await desk.DeliverableAsync(None)).ShouldBeEmpty();
    }

    [PortFact]
    public async Task What_the_reviewer_said_comes_through()
    {
        var said = Signal(ReviewSignalKind.Reviewed) with
        {
            Outcome = new Aiops.Pipeline.Outcome
            {
                IncidentId = "INC-1",
                Verdict = Aiops.Pipeline.Verdict.Corrected,
                Component = "orders-db",
                Helped = ["restart"],
                Reviewer = "kim",
                At = new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero),
            },
        };
        await desk.LeaveAsync("INC-1", said, None);
        var outcome = (await desk.LayDownAsync("INC-1", "token-1", None)).Signal!.Outcome!;
        (outcome.Component, outcome.Reviewer, outcome.At).ShouldBe(("orders-db", "kim", said.Outcome.At));
        outcome.Helped.ShouldBe(["restart"]);
    }

    private static ReviewSignal Signal(ReviewSignalKind kind) => new() { Signal = kind };

    private sealed class Workflow : IWorkflowCallbacks
    {
        public bool Refuse { get; set; }

        public List<(string Token, string Signal)> Answered { get; } = [];

        public Task<bool> SendTaskSuccessAsync(string taskToken, string outputJson, CancellationToken cancellationToken)
        {
            if (!Refuse)
            {
                lock (Answered)
                {
                    Answered.Add((taskToken, System.Text.Json.Nodes.JsonNode.Parse(outputJson)!["signal"]!.GetValue<string>()));
                }
            }

            return Task.FromResult(!Refuse);
        }
    }
}
