using Aiops.Local.Storage;
using Aiops.Local.Tickets;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.Comment;

public sealed class MirroredTicketsTests : IAsyncLifetime
{
    private static readonly TicketContent Content = new("SEV2 checkout", "Customers can't pay.", Severity.Sev2);

    private readonly TemporaryFolder folder = new();
    private readonly Foreign foreign = new();
    private SqliteDatabase database = null!;
    private SqliteTicketSystem own = null!;
    private MirroredTickets both = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.File("aiops.db"), new SqliteDatabaseOptions(), None);
        await database.EnsureSchemaAsync(SqliteTicketSystem.Schema, None);
        own = new SqliteTicketSystem(database, TimeProvider.System);
        both = new MirroredTickets(own, foreign, NullLogger<MirroredTickets>.Instance);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Both_are_written_and_people_are_told_of_the_foreign_one()
    {
        (await both.OpenAsync("INC-1", Content, None)).Id.ShouldBe("OPS-1");
        (await both.CommentAsync("INC-1", "one", None)).Id.ShouldBe("77");
        await both.MoveAsync("INC-1", TicketState.Resolved, None);
        await both.LinkAsync("INC-1", ["INC-0"], None);
        await both.AttachAsync("INC-1", new TicketAttachment("report.html", "text/html", default), None);
        foreign.Asked.ShouldBe(["open", "comment", "move", "link", "attach"]);
        var ours = (await own.GetAsync("INC-1", None)).ShouldNotBeNull();
        (ours.Comment, ours.State).ShouldBe(("one", "resolved"));
    }

    [Fact]
    public async Task While_the_foreign_one_can_t_answer_ours_is_written_and_the_workflow_tries_again()
    {
        foreign.Fails = new TicketSystemUnavailableException("maintenance");
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => both.OpenAsync("INC-1", Content, None));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => both.CommentAsync("INC-1", "one", None));
        (await own.GetAsync("INC-1", None)).ShouldNotBeNull().Comment.ShouldBe("one");
    }

    [Fact]
    public async Task Turned_away_by_the_foreign_one_the_incident_goes_on_with_ours()
    {
        foreign.Fails = new InvalidOperationException("the token ended");
        (await both.OpenAsync("INC-1", Content, None)).Id.ShouldBe("T-1");
        (await both.CommentAsync("INC-1", "one", None)).Version.ShouldBe(1);
        await both.MoveAsync("INC-1", TicketState.Resolved, None);
        (await own.GetAsync("INC-1", None)).ShouldNotBeNull().State.ShouldBe("resolved");
    }

    private sealed class Foreign : ITicketSystem
    {
        public Exception? Fails { get; set; }

        public List<string> Asked { get; } = [];

        public string Name => "foreign";

        public Task<TicketReference> OpenAsync(string key, TicketContent content, CancellationToken cancellationToken) => Answer("open", new TicketReference("OPS-1", "https://foreign/OPS-1"));

        public Task<CommentReference> CommentAsync(string key, string markdown, CancellationToken cancellationToken) => Answer("comment", new CommentReference("77", 3));

        public Task MoveAsync(string key, TicketState state, CancellationToken cancellationToken) => Answer("move", 0);

        public Task LinkAsync(string key, IReadOnlyList<string> earlierKeys, CancellationToken cancellationToken) => Answer("link", 0);

        public Task AttachAsync(string key, TicketAttachment attachment, CancellationToken cancellationToken) => Answer("attach", 0);

        private Task<T> Answer<T>(string asked, T answer)
        {
            Asked.Add(asked);
            return Fails is null ? Task.FromResult(answer) : Task.FromException<T>(Fails);
        }
    }
}
