using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Cases;
using Aiops.Aws.Tests.Emulators;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;
using Aiops.PortTests.Cases;
using Aiops.PortTests.Running;

namespace Aiops.Aws.Tests.DynamoDb;

[NeedsEmulators]
public sealed class DynamoCaseBookTests(DynamoServer server) : CaseBookTests, IClassFixture<DynamoServer>
{
    private DynamoTable? table;

    protected override async Task<ICaseBook> NewBookAsync() => Open(await NewTableAsync());

    [PortFact]
    public async Task More_than_a_page_of_cases_is_read_whole()
    {
        var book = Open(await NewTableAsync());
        var long40 = new string('x', 40_000);
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), async (i, token) => await book.RecordAsync(
            Scope,
            Case($"INC-{i}", string.Concat(Enumerable.Range(0, 4_000).Select(n => (char)('a' + ((n * (i + 7) * 31) % 26)))) + long40),
            By("ann"),
            token));
        (await book.SnapshotAsync(Scope, default)).Records.Count.ShouldBe(60);
        (await book.VersionAsync(Scope, default)).ShouldBe(60);
    }

    private static DynamoCaseBook Open(DynamoTable table)
        => new(table, new CaseMaker(new MemoryDocuments(), new OneIncident(Incident("INC-0"))));

    private async Task<DynamoTable> NewTableAsync()
        => table ??= server.Open(new NeedsEmulatorsAttribute().ReasonToSkip is null ? await server.NewTableAsync() : "none", TimeProvider.System);
}

[NeedsEmulators]
public sealed class DynamoDocumentShelfTests(DynamoServer server) : DocumentShelfTests, IClassFixture<DynamoServer>
{
    protected override async Task<IDocumentShelf> NewShelfAsync()
        => new DynamoDocumentShelf(server.Open(new NeedsEmulatorsAttribute().ReasonToSkip is null ? await server.NewTableAsync() : "none", TimeProvider.System));
}
