using Aiops.Local.Storage;
using Aiops.Local.Tickets;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Running;
using Aiops.PortTests.Tickets;

namespace Aiops.Tickets.Tests.Redmine;

/// <summary>Many writers, a server that is killed, a process of ours that dies: each incident still has one ticket and one comment.</summary>
[NeedsRedmine]
[Collection("Redmine")]
public sealed class RedmineCrashTests(RedmineServer server) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("aiops-ledger-").FullName;
    private readonly List<SqliteDatabase> databases = [];
    private readonly List<RedmineBench> benches = [];

    private static CancellationToken None => CancellationToken.None;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        benches.ForEach(bench => bench.Dispose());
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [PortFact]
    public async Task Eight_writers_leave_one_ticket_and_one_comment_for_each_incident()
    {
        string[] keys = ["INC-many-1", "INC-many-2", "INC-many-3", "INC-many-4"];
        var writers = await WritersAsync(8);
        await Task.WhenAll(writers.SelectMany((writer, number) => keys.Select(key => Task.Run(() => WriteAsync(writer, key, $"said by {number}")))));
        await ShouldHaveOneOfEachAsync(writers[0], keys, comment => comment.ShouldStartWith("said by "));
        foreach (var key in keys)
        {
            (await writers[0].Ledger.FindAsync("Redmine", key, None))!.CommentVersion.ShouldBe(8);
        }
    }

    [PortFact]
    public async Task A_server_killed_amid_posts_leaves_one_ticket_and_one_comment_once_it_is_back()
    {
        string[] keys = [.. Enumerable.Range(0, 12).Select(i => $"INC-killed-{i}")];
        var writers = await WritersAsync(4);
        var writing = Task.WhenAll(writers.SelectMany((writer, number) => keys.Select(key => Task.Run(() => WriteAsync(writer, key, "the same")))));
        for (var kill = 0; kill < 3; kill++)
        {
            await UntilMoreTicketsAsync(writers[0], keys, writing); // Posts are under way: the next is cut off wherever it is.
            server.Kill();
            await server.StartAsync();
        }

        await writing;
        await ShouldHaveOneOfEachAsync(writers[0], keys, comment => comment.ShouldStartWith("the same"));
    }

    [PortTheory]
    [InlineData("ticket")]
    [InlineData("comment")]
    public async Task A_process_of_ours_that_dies_between_the_post_and_its_record_finds_it_when_it_comes_back(string died)
    {
        var key = $"INC-died-{died}";
        var real = new InMemoryTicketLedger(TimeProvider.System);
        using RedmineBench dying = new(server, new DiesBeforeSaving(real, entry => died == "ticket" ? entry.TicketId is not null : entry.CommentId is not null));
        await Should.ThrowAsync<ProcessDiedException>(async () =>
        {
            await dying.Tickets.OpenAsync(key, RedmineBench.Content, None);
            await dying.Tickets.CommentAsync(key, "one", None);
        });

        using RedmineBench back = new(server, real);
        await WriteAsync(back, key, "one");
        await ShouldHaveOneOfEachAsync(back, [key], comment => comment.ShouldStartWith("one"));
    }

    [PortFact]
    public async Task A_ledger_that_was_lost_altogether_makes_nothing_twice()
    {
        using RedmineBench before = new(server);
        await WriteAsync(before, "INC-lost", "one");
        using RedmineBench after = new(server);
        await WriteAsync(after, "INC-lost", "two");
        await ShouldHaveOneOfEachAsync(after, ["INC-lost"], comment => comment.ShouldStartWith("two"));
    }

    /// <summary>As the workflow does it: until the system can, both from the beginning.</summary>
    private static async Task WriteAsync(RedmineBench writer, string key, string comment)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
        while (true)
        {
            try
            {
                await writer.Tickets.OpenAsync(key, RedmineBench.Content, patience.Token);
                await writer.Tickets.CommentAsync(key, comment, patience.Token);
                return;
            }
            catch (TicketSystemUnavailableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
            }
        }
    }

    private static async Task UntilMoreTicketsAsync(RedmineBench bench, string[] keys, Task writing)
    {
        async Task<int> CountAsync() => (await Task.WhenAll(keys.Select(key => bench.Ledger.FindAsync("Redmine", key, None)))).Count(entry => entry?.TicketId is not null);
        var before = await CountAsync();
        while (!writing.IsCompleted && await CountAsync() == before)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, None);
        }
    }

    private static async Task ShouldHaveOneOfEachAsync(RedmineBench bench, string[] keys, Action<string> commentShould)
    {
        foreach (var key in keys)
        {
            var issue = (await bench.IssuesAsync(key)).ShouldHaveSingleItem(key);
            var note = (await bench.NotesAsync(issue["id"]!.ToJsonString())).ShouldHaveSingleItem(key);
            commentShould(note["notes"]!.GetValue<string>());
        }
    }

    /// <summary>Each as a process of its own has it: a connection to the server, and one to the shared ledger.</summary>
    private async Task<List<RedmineBench>> WritersAsync(int count)
    {
        List<RedmineBench> writers = [];
        for (var i = 0; i < count; i++)
        {
            var database = await SqliteDatabase.OpenAsync(Path.Combine(folder, "aiops.db"), new SqliteDatabaseOptions(), None);
            databases.Add(database);
            await database.EnsureSchemaAsync(SqliteTicketLedger.Schema, None);
            writers.Add(new RedmineBench(server, new SqliteTicketLedger(database, TimeProvider.System)));
        }

        benches.AddRange(writers);
        return writers;
    }
}
