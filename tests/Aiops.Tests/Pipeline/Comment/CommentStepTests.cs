using System.Text;
using Aiops.Local.Storage;
using Aiops.Local.Tickets;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.Comment;

public sealed class CommentStepTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly DocumentsInMemory documents = new();
    private SqliteDatabase database = null!;
    private SqliteTicketSystem tickets = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.File("aiops.db"), new SqliteDatabaseOptions(), None);
        await database.EnsureSchemaAsync(SqliteTicketSystem.Schema, None);
        tickets = new SqliteTicketSystem(database, new StoppedClock(CommentSample.Began));
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Done_twice_it_leaves_one_ticket_with_one_comment()
    {
        var input = new CommentInput("INC-7", 2);
        var first = await StepOver(CommentSample.Report, tickets).RunAsync(input, None);
        var second = await StepOver(CommentSample.Report, tickets).RunAsync(input, None);
        second.ShouldBe(first);
        first.ShouldBe(new CommentOutput("T-1", 1, "incidents/INC-7/report.html"));
        (await tickets.ListAsync(None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_round_edits_the_comment_in_place()
    {
        await StepOver(CommentSample.Report, tickets).RunAsync(new CommentInput("INC-7", 2), None);
        var next = await StepOver(CommentSample.Report with { Round = 3 }, tickets).RunAsync(new CommentInput("INC-7", 3), None);
        next.CommentVersion.ShouldBe(2);
        (await tickets.ListAsync(None)).ShouldHaveSingleItem().Comment!.ShouldContain("analysis 3");
    }

    [Fact]
    public async Task Dying_between_the_post_and_the_answer_leaves_one_comment_when_it_is_done_again()
    {
        var input = new CommentInput("INC-7", 2);
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => StepOver(CommentSample.Report, new DiesAfter(tickets, "open")).RunAsync(input, None));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => StepOver(CommentSample.Report, new DiesAfter(tickets, "comment")).RunAsync(input, None));
        (await StepOver(CommentSample.Report, tickets).RunAsync(input, None)).CommentVersion.ShouldBe(1);
        (await tickets.ListAsync(None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_ticket_shows_is_what_is_kept()
    {
        await StepOver(CommentSample.Report, tickets).RunAsync(new CommentInput("INC-7", 2), None);
        Encoding.UTF8.GetString((await documents.GetAsync(DocumentKeys.Comment("INC-7"), None))!).ShouldBe((await tickets.GetAsync("INC-7", None))!.Comment);
        (await documents.GetAsync(DocumentKeys.Report("INC-7"), None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Nothing_that_leaves_shows_a_secret()
    {
        var asked = new Asked();
        await StepOver(CommentSample.With(text => $"{text} password=hunter2hunter2"), asked).RunAsync(new CommentInput("INC-7", 2), None);
        asked.Texts.Count.ShouldBe(3);
        foreach (var text in asked.Texts.Append(Encoding.UTF8.GetString((await documents.GetAsync(DocumentKeys.Report("INC-7"), None))!)))
        {
            text.ShouldNotContain("hunter2");
        }
    }

    [Fact]
    public async Task A_title_is_one_line_that_every_ticket_system_takes()
    {
        var asked = new Asked();
        await StepOver(CommentSample.With(text => text + new string('x', 400) + "\nmore"), asked).RunAsync(new CommentInput("INC-7", 2), None);
        asked.Texts[0].Length.ShouldBeLessThanOrEqualTo(255);
        asked.Texts[0].ShouldNotContain('\n');
    }

    [Fact]
    public async Task The_report_is_attached_earlier_incidents_are_linked_and_chats_are_told()
    {
        var (asked, chat) = (new Asked(), new Chat());
        await StepOver(CommentSample.Report, asked, chat).RunAsync(new CommentInput("INC-7", 2), None);
        asked.Attached.ShouldNotBeNull().Name.ShouldBe("report.html");
        asked.Attached.Content.ToArray().ShouldBe(await documents.GetAsync(DocumentKeys.Report("INC-7"), None));
        asked.Linked.ShouldBe(CommentSample.Report.Context.PastIncidents.Select(past => past.IncidentId));
        var notice = chat.Told.ShouldHaveSingleItem();
        (notice.TicketUrl, notice.ReportUrl, notice.State).ShouldBe(("asked:1", CommentSample.ReportLink, TicketState.Open));
        notice.Text.ShouldContain("checkout");
    }

    [Fact]
    public async Task What_fails_after_the_comment_costs_it_nothing()
    {
        var (asked, chat) = (new Asked { FailsAfterComment = true }, new Chat());
        var output = await StepOver(CommentSample.Report, asked, new DeafChat(), chat).RunAsync(new CommentInput("INC-7", 2), None);
        output.TicketId.ShouldBe("1");
        chat.Told.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Being_stopped_after_the_comment_is_no_failure_that_is_passed_over()
    {
        using CancellationTokenSource stopped = new();
        await Should.ThrowAsync<OperationCanceledException>(
            () => StepOver(CommentSample.Report, new Asked { Stops = stopped }).RunAsync(new CommentInput("INC-7", 2), stopped.Token));
    }

    private CommentStep StepOver(IncidentReport report, ITicketSystem system, params INoticeChannel[] channels)
        => new(new OneReport(report), documents, system, channels, _ => CommentSample.ReportLink, NullLogger<CommentStep>.Instance);

    private sealed class OneReport(IncidentReport report) : IIncidentReports
    {
        public Task<IncidentReport> ReadAsync(string incidentId, int round, CancellationToken cancellationToken) => Task.FromResult(report);
    }

    /// <summary>Does what it is asked, then fails, as when a connection breaks before the answer arrives.</summary>
    private sealed class DiesAfter(ITicketSystem inner, string what) : ITicketSystem
    {
        public string Name => inner.Name;

        public async Task<TicketReference> OpenAsync(string key, TicketContent content, CancellationToken cancellationToken)
        {
            var ticket = await inner.OpenAsync(key, content, cancellationToken);
            return what == "open" ? throw new TicketSystemUnavailableException("gone") : ticket;
        }

        public async Task<CommentReference> CommentAsync(string key, string markdown, CancellationToken cancellationToken)
        {
            await inner.CommentAsync(key, markdown, cancellationToken);
            throw new TicketSystemUnavailableException("gone");
        }

        public Task MoveAsync(string key, TicketState state, CancellationToken cancellationToken) => inner.MoveAsync(key, state, cancellationToken);

        public Task LinkAsync(string key, IReadOnlyList<string> earlierKeys, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task AttachAsync(string key, TicketAttachment attachment, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Keeps every text that it was given: title, description, comment.</summary>
    private sealed class Asked : ITicketSystem
    {
        public List<string> Texts { get; } = [];

        public TicketAttachment? Attached { get; private set; }

        public IReadOnlyList<string> Linked { get; private set; } = [];

        public bool FailsAfterComment { get; init; }

        public CancellationTokenSource? Stops { get; init; }

        public string Name => "asked";

        public Task<TicketReference> OpenAsync(string key, TicketContent content, CancellationToken cancellationToken)
        {
            Texts.AddRange([content.Title, content.Description]);
            return Task.FromResult(new TicketReference("1", "asked:1"));
        }

        public Task<CommentReference> CommentAsync(string key, string markdown, CancellationToken cancellationToken)
        {
            Texts.Add(markdown);
            return Task.FromResult(new CommentReference("1/1", 1));
        }

        public Task MoveAsync(string key, TicketState state, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task LinkAsync(string key, IReadOnlyList<string> earlierKeys, CancellationToken cancellationToken)
        {
            Linked = earlierKeys;
            return FailsAfterComment ? Task.FromException(new TicketSystemUnavailableException("down")) : Task.CompletedTask;
        }

        public Task AttachAsync(string key, TicketAttachment attachment, CancellationToken cancellationToken)
        {
            Attached = attachment;
            Stops?.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return FailsAfterComment ? Task.FromException(new InvalidOperationException("too large")) : Task.CompletedTask;
        }
    }

    private sealed class Chat : INoticeChannel
    {
        public List<Notice> Told { get; } = [];

        public string Name => "chat";

        public Task NotifyAsync(string key, Notice notice, CancellationToken cancellationToken)
        {
            Told.Add(notice);
            return Task.CompletedTask;
        }
    }

    private sealed class DeafChat : INoticeChannel
    {
        public string Name => "deaf chat";

        public Task NotifyAsync(string key, Notice notice, CancellationToken cancellationToken) => throw new TicketSystemUnavailableException("down");
    }
}
