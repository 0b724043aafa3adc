using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;
using Aiops.PortTests.Running;

namespace Aiops.PortTests.Cases;

/// <summary>What any shelf of runbooks must hold to.</summary>
public abstract class DocumentShelfTests : IAsyncLifetime
{
    private const string Scope = "111122223333";
    private IDocumentShelf shelf = null!;

    public async Task InitializeAsync() => shelf = await NewShelfAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>An empty shelf.</summary>
    protected abstract Task<IDocumentShelf> NewShelfAsync();

    [PortFact]
    public async Task The_same_again_is_nothing_and_another_text_is_a_version()
    {
        (await AddAsync("db/pool.md", "one")).Version.ShouldBe(1);
        var known = await shelf.VersionAsync(Scope, default);
        (await AddAsync("db/pool.md", "one")).Version.ShouldBe(1);
        (await shelf.VersionAsync(Scope, default)).ShouldBe(known);
        (await AddAsync("db/pool.md", "two")).Version.ShouldBe(2);
        (await shelf.HistoryAsync(Scope, "db/pool.md", default)).Select(one => (one.Document.Text, one.Status))
            .ShouldBe([("one", CaseStatus.Superseded), ("two", CaseStatus.Current)]);
        (await shelf.SnapshotAsync(Scope, default)).Current.ShouldHaveSingleItem().Text.ShouldBe("two");
    }

    [PortFact]
    public async Task What_was_removed_answers_nothing_until_it_is_added_again()
    {
        await AddAsync("a.md", "one");
        (await shelf.RemoveAsync(Scope, "a.md", CaseBookTests.By("ann", ChangeOrigin.Revocation), default))!.Version.ShouldBe(2);
        (await shelf.RemoveAsync(Scope, "b.md", CaseBookTests.By("ann", ChangeOrigin.Revocation), default)).ShouldBeNull();
        (await shelf.SnapshotAsync(Scope, default)).Current.ShouldBeEmpty();
        (await AddAsync("a.md", "one")).Version.ShouldBe(3);
        (await shelf.SnapshotAsync("elsewhere", default)).Records.ShouldBeEmpty();
    }

    [PortFact]
    public async Task The_largest_file_is_kept_whole()
    {
        Random random = new(7);
        var text = string.Create(KnowledgeDocument.LargestFile, random, (span, chance) =>
        {
            foreach (ref var letter in span)
            {
                letter = (char)chance.Next('!', '~'); // Hardly to be compressed.
            }
        });
        await AddAsync("large.md", text);
        (await shelf.SnapshotAsync(Scope, default)).Records.ShouldHaveSingleItem().Document.Text.ShouldBe(text);
    }

    private async Task<DocumentRecord> AddAsync(string id, string text)
        => (await shelf.AddAsync(Scope, [new KnowledgeDocument(id, id, text)], CaseBookTests.By("ann", ChangeOrigin.Import), default))[0];
}
