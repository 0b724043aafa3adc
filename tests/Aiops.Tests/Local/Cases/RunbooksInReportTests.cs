using System.Text;
using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;

namespace Aiops.Tests.Local.Cases;

public sealed class RunbooksInReportTests : IDisposable
{
    private const string Hostile = "# Payments\n\n## Failing payments\n\n<img src=x onerror=alert(1)> [go](https://evil.example) payments errors: @oncall run `rm`";

    private static readonly KnowledgeChange Change = new(ChangeOrigin.Import, "kim", DateTimeOffset.UnixEpoch);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_runbook_for_the_cause_is_shown_as_text_and_nothing_once_it_is_removed()
    {
        var (none, before) = await ReplayAsync(_ => Task.CompletedTask);
        none.ShouldBeEmpty();

        var (found, read) = await ReplayAsync(shelf => AddAsync(shelf, ("payments.md", "Payments", Hostile), ("mail.md", "Mail", "# Mail\n\nWho hears of newsletters.")));
        var runbook = found.ShouldHaveSingleItem();
        (runbook.Document, runbook.Title).ShouldBe(("payments.md", "Payments"));
        runbook.Headings.ShouldBe(["Payments", "Failing payments"]);
        runbook.Terms.ShouldContain("payments");
        read.ShouldContain("### Runbooks");
        read.ShouldContain("<h3>Runbooks</h3>");
        read.ShouldContain("\\[go\\]");
        read.Replace("\\<", "", StringComparison.Ordinal).ShouldNotContain("<img");
        read.ShouldNotContain("href=\"https://evil");

        var (gone, after) = await ReplayAsync(async shelf =>
        {
            await AddAsync(shelf, ("payments.md", "Payments", Hostile));
            await shelf.RemoveAsync(LocalHost.KnowledgeScope, "payments.md", Change, default);
        });
        gone.ShouldBeEmpty();
        after.ShouldBe(before);
    }

    private static Task AddAsync(IDocumentShelf shelf, params (string Id, string Title, string Text)[] documents) => shelf.AddAsync(
        LocalHost.KnowledgeScope, [.. documents.Select(one => new KnowledgeDocument(one.Id, one.Title, one.Text))], Change, default);

    private async Task<(IReadOnlyList<RunbookExcerpt> Found, string Read)> ReplayAsync(Func<IDocumentShelf, Task> add)
    {
        var recording = Recording.Open(Path.Combine(TestPaths.Root, "recordings", "bad-deployment"));
        await using var session = await ReplaySession.OpenAsync(recording, folder.File("replay"), default);
        await add(session.Host.Runbooks);
        var report = (await session.RunAsync(default)).Reports[0];
        string[] keys = [DocumentKeys.Comment(report.Incident.Id), DocumentKeys.Report(report.Incident.Id)];
        var read = await Task.WhenAll(keys.Select(async key => Encoding.UTF8.GetString((await session.Host.Documents.GetAsync(key, default))!)));
        return (report.Diagnosis.Runbooks, string.Join("\n=====\n", read));
    }
}
