using Aiops.Local.Review;
using Aiops.Local.Storage;
using Aiops.Pipeline.Review;
using Aiops.PortTests.Review;

namespace Aiops.Tests.Local.Review;

public sealed class SqliteReviewDeskTests : ReviewDeskTests, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private SqliteDatabase? database;

    public void Dispose() => folder.Dispose();

    public override async Task DisposeAsync()
    {
        await database!.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task<IReviewDesk> NewDeskAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.File("aiops.db"), new SqliteDatabaseOptions(), default);
        await database.EnsureSchemaAsync(SqliteReviewDesk.Schema, default);
        return new SqliteReviewDesk(database);
    }
}
