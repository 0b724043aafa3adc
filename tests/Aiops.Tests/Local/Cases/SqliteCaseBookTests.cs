using Aiops.Local.Cases;
using Aiops.Local.Storage;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;
using Aiops.PortTests.Cases;

namespace Aiops.Tests.Local.Cases;

public sealed class SqliteCaseBookTests : CaseBookTests, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private SqliteDatabase? database;

    public void Dispose() => folder.Dispose();

    public override async Task DisposeAsync()
    {
        await database!.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task<ICaseBook> NewBookAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.File("aiops.db"), new SqliteDatabaseOptions(), default);
        await database.EnsureSchemaAsync(SqliteKnowledge.Schema, default);
        return new SqliteCaseBook(database, new CaseMaker(new DocumentsInMemory(), new OneIncident(Incident("INC-0"))));
    }
}

public sealed class SqliteDocumentShelfTests : DocumentShelfTests, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private SqliteDatabase? database;

    public void Dispose() => folder.Dispose();

    public override async Task DisposeAsync()
    {
        await database!.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task<IDocumentShelf> NewShelfAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.File("aiops.db"), new SqliteDatabaseOptions(), default);
        await database.EnsureSchemaAsync(SqliteKnowledge.Schema, default);
        return new SqliteDocumentShelf(database);
    }
}
