using Aiops.Local.Documents;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Tests.Pipeline.Intake;

public sealed class ObjectiveWatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();
    private readonly Objectives objectives = new();
    private readonly Admitted admitted = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_budget_that_is_spent_is_raised_once_and_ended_when_there_is_budget_again()
    {
        await RunAsync(0.2);
        admitted.Triggers.ShouldBeEmpty();
        await RunAsync(-0.1);
        await RunAsync(-0.4);
        var raised = admitted.Triggers.ShouldHaveSingleItem();
        (raised.Subject, raised.Condition, raised.Component, raised.Account, raised.SeverityHint)
            .ShouldBe(("slo/checkout availability", TriggerCondition.Firing, "checkout", "111122223333", SeverityHint.High));
        await RunAsync(0.3);
        await RunAsync(0.3);
        admitted.Triggers.Select(trigger => trigger.Condition).ShouldBe([TriggerCondition.Firing, TriggerCondition.Resolved]);
        admitted.Triggers.Select(trigger => trigger.Subject).Distinct().Count().ShouldBe(1);
        admitted.Triggers.Select(trigger => trigger.SourceId).Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(ObjectiveWatch.SpentAt, 1)]
    [InlineData(ObjectiveWatch.SpentAt + 1e-9, 0)]
    public async Task A_budget_is_spent_at_the_limit_and_not_above(double remaining, int events)
    {
        await RunAsync(remaining);
        admitted.Triggers.Count.ShouldBe(events);
    }

    [Theory]
    [InlineData(ObjectiveWatch.RecoveredAt, 2)]
    [InlineData(ObjectiveWatch.RecoveredAt - 1e-9, 1)]
    public async Task A_spent_budget_is_there_again_at_the_limit_and_not_below(double remaining, int events)
    {
        await RunAsync(-1);
        await RunAsync(remaining);
        admitted.Triggers.Count.ShouldBe(events);
    }

    [Fact]
    public async Task Objectives_of_services_that_are_not_named_are_let_be()
    {
        await RunAsync(-1, "payments");
        admitted.Triggers.ShouldBeEmpty();
        await RunAsync(-1, "payments", "checkout");
        admitted.Triggers.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_objective_that_is_gone_while_raised_is_ended_once()
    {
        await RunAsync(-1);
        objectives.IsGone = true;
        (await RunAsync(-1)).ShouldBe(["checkout availability"]);
        (await RunAsync(-1)).ShouldBeEmpty();
        var ended = admitted.Triggers[^1];
        (admitted.Triggers.Count, ended.Condition, ended.Subject, ended.Account)
            .ShouldBe((2, TriggerCondition.Resolved, admitted.Triggers[0].Subject, "111122223333"));
        objectives.IsGone = false;
        await RunAsync(-1);
        admitted.Triggers[^1].Condition.ShouldBe(TriggerCondition.Firing);
    }

    [Fact]
    public async Task An_objective_that_an_answer_lacks_in_part_goes_on()
    {
        await RunAsync(-1);
        (objectives.IsGone, objectives.Gaps) = (true, ["1 objectives have too little data for a budget"]);
        (await RunAsync(-1)).ShouldBeEmpty();
        objectives.Gaps = [];
        (await RunAsync(-1)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_objective_whose_service_is_no_longer_watched_is_ended_whatever_else_is_lacking()
    {
        await RunAsync(-1, "checkout");
        objectives.Gaps = ["Application Signals failed at 1 objectives"];
        await RunAsync(-1, "payments");
        admitted.Triggers.Select(trigger => trigger.Condition).ShouldBe([TriggerCondition.Firing, TriggerCondition.Resolved]);
    }

    [Fact]
    public async Task What_was_raised_is_written_anew_by_each_run_so_that_it_does_not_expire()
    {
        await RunAsync(-1);
        var memory = Directory.GetFiles(folder.File("documents"), "raised.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        File.SetLastWriteTimeUtc(memory, DateTime.UnixEpoch);
        await RunAsync(-1);
        File.GetLastWriteTimeUtc(memory).ShouldNotBe(DateTime.UnixEpoch);
        admitted.Triggers.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_queue_that_fails_leaves_it_to_the_next_run()
    {
        admitted.Fails = true;
        await Should.ThrowAsync<IOException>(() => RunAsync(-1));
        admitted.Fails = false;
        await RunAsync(-1);
        admitted.Triggers.ShouldHaveSingleItem();
    }

    private Task<IReadOnlyList<string>> RunAsync(double remaining, params string[] services)
    {
        clock.Advance(TimeSpan.FromMinutes(15));
        objectives.Remaining = remaining;
        var door = new EventDoor(new EventReader(), admitted, clock);
        return new ObjectiveWatch(objectives, new FileDocumentStore(folder.File("documents")), door, clock).RunAsync("111122223333", services, default);
    }

    private sealed class Objectives : IObjectiveSource
    {
        public double Remaining { get; set; }

        public bool IsGone { get; set; }

        public IReadOnlyList<string> Gaps { get; set; } = [];

        public Task<SourceAnswer<IReadOnlyList<ObjectiveBudget>>> QueryAsync(TelemetryQuery query, CancellationToken cancellationToken)
            => Task.FromResult(new SourceAnswer<IReadOnlyList<ObjectiveBudget>>(
                IsGone ? [] : [new ObjectiveBudget("checkout availability", "checkout", 0.999, Remaining)],
                new Provenance("test", "budgets", query.Window),
                Gaps));
    }

    private sealed class Admitted : ITriggerQueue
    {
        public bool Fails { get; set; }

        public List<Trigger> Triggers { get; } = [];

        public Task<IReadOnlyList<string>> EnqueueAsync(IReadOnlyList<IncomingEvent> batch, CancellationToken cancellationToken)
        {
            if (Fails)
            {
                throw new IOException("full");
            }

            foreach (var incoming in batch)
            {
                Triggers.AddRange(new EventReader().Read(incoming.Body.ToArray(), DateTimeOffset.UnixEpoch).ShouldBeOfType<ReadEvent.Triggers>().Items);
            }

            return Task.FromResult<IReadOnlyList<string>>(["id"]);
        }

        public Task<IReadOnlyList<QueuedEvent>> ReceiveAsync(int max, TimeSpan visibilityTimeout, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DeleteAsync(IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> ChangeVisibilityAsync(string receiptHandle, TimeSpan fromNow, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> DeadLetterAsync(string receiptHandle, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<QueueStatus> StatusAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> RedriveAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> PurgeDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
