using System.Text.Json;
using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Retrieval;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Local.Cases;

public sealed class ForgottenCaseTests : IDisposable
{
    private static readonly KnowledgeChange Change = new(ChangeOrigin.Review, "kim", DateTimeOffset.UnixEpoch);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_revoked_case_leaves_no_trace_in_what_people_read()
    {
        var before = await ReportAsync(_ => Task.CompletedTask);
        var learned = await ReportAsync(LearnAsync);
        var revoked = await ReportAsync(async cases =>
        {
            await LearnAsync(cases);
            await cases.ReviseAsync(LocalHost.KnowledgeScope, "INC-OLD", past => past with { Cause = "zebras, twice" }, Change, default);
            await cases.RevokeAsync(LocalHost.KnowledgeScope, "INC-OLD", Change, default);
        });
        learned.ShouldContain("zebras");
        before.ShouldNotContain("zebras");
        revoked.ShouldBe(before);
    }

    [Fact]
    public async Task An_index_that_was_built_before_is_not_asked_after()
    {
        await using var host = await OpenAsync();
        await LearnAsync(host.Cases);
        KnowledgeIndexes indexes = new(host.Cases, host.Runbooks);
        KnowledgeQuery zebras = new() { Text = "zebras" };
        var built = await indexes.OfAsync(LocalHost.KnowledgeScope, default);
        built.Search(zebras, 5).ShouldHaveSingleItem();
        (await indexes.OfAsync(LocalHost.KnowledgeScope, default)).ShouldBeSameAs(built, "nothing changed");
        await host.Cases.RevokeAsync(LocalHost.KnowledgeScope, "INC-OLD", Change, default);
        (await indexes.OfAsync(LocalHost.KnowledgeScope, default)).Search(zebras, 5).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cases_that_an_older_state_folder_keeps_as_documents_are_taken_over_once()
    {
        var file = folder.File("state/documents/cases/INC-OLD.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(Old, CaseJson.Default.PastCase));
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(file)!, "broken.json"), "{");
        await using (var host = await OpenAsync())
        {
            (await host.Cases.FindAsync(LocalHost.KnowledgeScope, "INC-OLD", default))!.Case.Cause.ShouldBe("zebras");
            await host.Cases.RevokeAsync(LocalHost.KnowledgeScope, "INC-OLD", Change, default);
        }

        await using var again = await OpenAsync();
        (await again.Cases.SnapshotAsync(LocalHost.KnowledgeScope, default)).Current.ShouldBeEmpty();
    }

    private static PastCase Old => new(
        "INC-OLD", "payments failing", new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero),
        new IncidentFingerprint(IncidentKind.Errors, ["payments", "checkout", "storefront", "shop-alb"], [], [], []), "zebras", "payments");

    private static Task LearnAsync(ICaseBook cases) => cases.RecordAsync(LocalHost.KnowledgeScope, Old, Change, default);

    private Task<LocalHost> OpenAsync()
        => LocalHost.OpenAsync(new LocalHostOptions { StateFolder = folder.File("state") }, TimeProvider.System, NullLoggerFactory.Instance, default);

    private async Task<string> ReportAsync(Func<ICaseBook, Task> learn)
    {
        var recording = Recording.Open(Path.Combine(TestPaths.Root, "recordings", "bad-deployment"));
        await using var session = await ReplaySession.OpenAsync(recording, folder.File("replay"), default);
        await learn(session.Host.Cases);
        var result = await session.RunAsync(default);
        var read = await Task.WhenAll(result.Reports.SelectMany(report => new[] { DocumentKeys.Report(report.Incident.Id), DocumentKeys.Comment(report.Incident.Id) })
            .Select(async key => System.Text.Encoding.UTF8.GetString((await session.Host.Documents.GetAsync(key, default))!)));
        return string.Join("\n=====\n", read);
    }
}
