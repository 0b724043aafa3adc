using Aiops.Local.Storage;
using Aiops.Local.Tickets;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Tickets;

namespace Aiops.Tests.Local.Tickets;

public sealed class SqliteTicketLedgerTests : TicketLedgerTests, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<SqliteDatabase> databases = [];

    public override async Task DisposeAsync()
    {
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    protected override async Task<ITicketLedger> OpenAsync()
    {
        var database = await SqliteDatabase.OpenAsync(folder.File("aiops.db"), new SqliteDatabaseOptions(), default);
        databases.Add(database);
        await database.EnsureSchemaAsync(SqliteTicketLedger.Schema, default);
        return new SqliteTicketLedger(database, Clock);
    }
}
