using Aiops.Local.Incidents;
using Aiops.Local.Storage;
using Aiops.Pipeline.Intake;
using Aiops.PortTests.Incidents;

namespace Aiops.Tests.Local.Incidents;

public sealed class SqliteIncidentStoreTests : IncidentStoreTests, IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<IIncidentStore, string> files = [];
    private readonly List<SqliteDatabase> databases = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }
    }

    public void Dispose() => folder.Dispose();

    protected override async Task<IIncidentStore> NewStoreAsync()
    {
        var path = folder.File($"{files.Count}.db");
        var store = await OpenAsync(path);
        files[store] = path;
        return store;
    }

    // Its own connections and its own cache, as another process has them.
    protected override Task<IIncidentStore> OpenAgainAsync(IIncidentStore store) => OpenAsync(files[store]);

    private async Task<IIncidentStore> OpenAsync(string path)
    {
        var database = await SqliteDatabase.OpenAsync(path, SqliteDatabaseOptions.Default, default);
        lock (databases)
        {
            databases.Add(database);
        }

        return await SqliteIncidentStore.OpenAsync(database, default);
    }
}
