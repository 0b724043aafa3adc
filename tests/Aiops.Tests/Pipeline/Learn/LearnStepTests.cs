using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Review;
using Aiops.PortTests.Cases;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.Learn;

public sealed class LearnStepTests
{
    private readonly IntakeBench bench = new();
    private readonly Cases cases = new();
    private readonly Desk desk = new();
    private readonly DocumentsInMemory documents = new();
    private readonly NoTickets tickets = new();
    private readonly Chat chat = new();

    [Fact]
    public async Task An_end_without_a_review_teaches_nothing_and_closes()
    {
        var output = await RunAsync(new ReviewSignal { Signal = ReviewSignalKind.Resolved });
        output.ShouldBe(new LearnOutput(Verdict.Resolved, Learned: false));
        cases.Written.ShouldBeEmpty();
        (await bench.IncidentAsync()).Status.ShouldBe(IncidentStatus.Closed);
    }

    [Theory]
    [InlineData(Verdict.Confirmed)]
    [InlineData(Verdict.Corrected)]
    [InlineData(Verdict.Rejected)]
    public async Task A_review_becomes_a_case(Verdict verdict)
    {
        var output = await RunAsync(new ReviewSignal { Signal = ReviewSignalKind.Reviewed, Outcome = Reviewed(verdict) });
        output.ShouldBe(new LearnOutput(verdict, Learned: true));
        cases.Written.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_review_that_was_left_while_the_workflow_ended_is_learned_by_it()
    {
        desk.Lying = new PendingReview("?", null, new ReviewSignal { Signal = ReviewSignalKind.Reviewed, Outcome = Reviewed(Verdict.Corrected) });
        var output = await RunAsync(new ReviewSignal { Signal = ReviewSignalKind.Resolved });
        output.ShouldBe(new LearnOutput(Verdict.Corrected, Learned: true));
        cases.Written.ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Corrected);
        desk.Lying.ShouldBeNull();
    }

    [Fact]
    public async Task A_ticket_system_that_is_away_keeps_no_incident_open()
    {
        tickets.Fails = new TicketSystemUnavailableException("down");
        await RunAsync(new ReviewSignal { Signal = ReviewSignalKind.Resolved });
        (await bench.IncidentAsync()).Status.ShouldBe(IncidentStatus.Closed);
    }

    [Fact]
    public async Task Where_not_even_the_wish_to_move_the_ticket_was_kept_it_is_tried_again_with_the_incident_closed()
    {
        tickets.Fails = new StoreUnavailableException("throttled");
        desk.Lying = new PendingReview("?", null, new ReviewSignal { Signal = ReviewSignalKind.Reviewed, Outcome = Reviewed(Verdict.Corrected) });
        await Should.ThrowAsync<StoreUnavailableException>(() => RunAsync(new ReviewSignal { Signal = ReviewSignalKind.Resolved }));
        (await bench.IncidentAsync()).Status.ShouldBe(IncidentStatus.Closed);
        desk.Lying.ShouldNotBeNull(); // For the next try: what is cleared is not looked at again.
    }

    [Fact]
    public async Task A_chat_that_can_not_be_told_or_was_told_nothing_costs_the_end_nothing()
    {
        await RunAsync(new ReviewSignal { Signal = ReviewSignalKind.Resolved });
        chat.Told.ShouldBeEmpty();
        await documents.PutAsync(DocumentKeys.Notice((await bench.IncidentAsync()).Id), """{"title":"t","text":"t","markdown":"t","severity":"sev2","state":"open","ticketUrl":null,"reportUrl":"r"}"""u8.ToArray(), default);
        chat.Fails = new TicketSystemUnavailableException("down");
        await RunAsync(new ReviewSignal { Signal = ReviewSignalKind.Resolved });
        chat.Told.ShouldHaveSingleItem().State.ShouldBe(TicketState.Resolved);
    }

    [Theory]
    [InlineData(-1, Verdict.Corrected)] // A tick later than the one on record, as old, and a tick older.
    [InlineData(0, Verdict.Corrected)]
    [InlineData(1, Verdict.Confirmed)]
    public async Task Of_two_reviews_the_one_given_later_stands_whichever_is_learned_last(int ticks, Verdict stands)
    {
        await RunAsync(Said(Verdict.Confirmed, DateTimeOffset.UnixEpoch.AddTicks(ticks)));
        var output = await RunAsync(Said(Verdict.Corrected, DateTimeOffset.UnixEpoch));
        output.ShouldBe(new LearnOutput(stands, Learned: stands is Verdict.Corrected));
        cases.Written.Count.ShouldBe(stands is Verdict.Corrected ? 2 : 1);
        (await KeptAsync()).Verdict.ShouldBe(stands);
    }

    [Fact]
    public async Task An_end_that_nobody_judged_overwrites_no_review()
    {
        await bench.TakeAsync(Alarms.Firing("checkout"));
        var id = (await bench.IncidentAsync()).Id;
        await RunAsync(new ReviewSignal { Signal = ReviewSignalKind.Reviewed, Outcome = Reviewed(Verdict.Confirmed) with { IncidentId = id } });
        var output = await LearnAsync(new ReviewSignal { Signal = ReviewSignalKind.Unreviewed });
        output.ShouldBe(new LearnOutput(Verdict.Confirmed, Learned: false));
    }

    private static ReviewSignal Said(Verdict verdict, DateTimeOffset at)
        => new() { Signal = ReviewSignalKind.Reviewed, Outcome = Reviewed(verdict) with { At = at } };

    private async Task<Outcome> KeptAsync()
        => System.Text.Json.JsonSerializer.Deserialize((await documents.GetAsync(DocumentKeys.Outcome("?"), default)).ShouldNotBeNull(), LearnJson.Default.Outcome)!;

    private async Task<LearnOutput> RunAsync(ReviewSignal review)
    {
        if ((await bench.Store.ListAsync(null, 1, default)).Count == 0)
        {
            await bench.TakeAsync(Alarms.Firing("checkout"));
        }

        return await LearnAsync(review);
    }

    private async Task<LearnOutput> LearnAsync(ReviewSignal review)
    {
        var incident = await bench.IncidentAsync();
        var close = new IncidentDesk(bench.Store, bench.Executions, bench.Clock);
        var step = new LearnStep(
            (IIncidents)bench.Store, close, desk, documents, cases, tickets, [chat], bench.Clock, NullLogger<LearnStep>.Instance);
        return await step.RunAsync(new LearnInput(incident.Id, 1, review), default);
    }

    private static Outcome Reviewed(Verdict verdict)
        => new() { IncidentId = "?", Verdict = verdict, Reviewer = "ann", At = DateTimeOffset.UnixEpoch };

    private sealed class Cases : NoCaseBook
    {
        public List<Outcome> Written { get; } = [];

        public override Task<CaseRecord> WriteAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken)
        {
            Written.Add(outcome);
            PastCase past = new(incident.Id, incident.Title, incident.OpenedAt, new IncidentFingerprint(IncidentKind.Unknown, [], [], [], []));
            return Task.FromResult(new CaseRecord(incident.Scope, past, 1, CaseStatus.Current));
        }
    }

    private sealed class Desk : IReviewDesk
    {
        public PendingReview? Lying { get; set; }

        public Task<PendingReview?> FindAsync(string incidentId, CancellationToken cancellationToken) => Task.FromResult(Lying);

        public Task ClearAsync(PendingReview delivered, CancellationToken cancellationToken)
        {
            Lying = null;
            return Task.CompletedTask;
        }

        public Task<PendingReview> LayDownAsync(string incidentId, string taskToken, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<PendingReview> LeaveAsync(string incidentId, ReviewSignal signal, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task WithdrawChangedAsync(string incidentId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<PendingReview>> DeliverableAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class NoTickets : ITicketSystem
    {
        public string Name => "none";

        public Exception? Fails { get; set; }

        public Task<TicketReference> OpenAsync(string key, TicketContent content, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<CommentReference> CommentAsync(string key, string markdown, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task MoveAsync(string key, TicketState state, CancellationToken cancellationToken)
            => Fails is { } fails ? Task.FromException(fails) : Task.CompletedTask;

        public Task LinkAsync(string key, IReadOnlyList<string> earlierKeys, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task AttachAsync(string key, TicketAttachment attachment, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Chat : INoticeChannel
    {
        public List<Notice> Told { get; } = [];

        public Exception? Fails { get; set; }

        public string Name => "chat";

        public Task NotifyAsync(string key, Notice notice, CancellationToken cancellationToken)
        {
            Told.Add(notice);
            return Fails is { } fails ? Task.FromException(fails) : Task.CompletedTask;
        }
    }
}
