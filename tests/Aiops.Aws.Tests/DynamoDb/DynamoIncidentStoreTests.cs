using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Incidents;
using Aiops.Aws.Tests.Emulators;
using Aiops.Pipeline.Intake;
using Aiops.PortTests.Incidents;
using Aiops.PortTests.Intake;

namespace Aiops.Aws.Tests.DynamoDb;

[NeedsEmulators]
public sealed class DynamoIncidentStoreTests(DynamoServer server) : IncidentStoreTests, IClassFixture<DynamoServer>
{
    private readonly Dictionary<IIncidentStore, string> tables = [];

    protected override async Task<IIncidentStore> NewStoreAsync()
    {
        var table = await server.NewTableAsync();
        var store = Open(table);
        tables[store] = table;
        return store;
    }

    // Its own client and its own cache, as another process has them.
    protected override Task<IIncidentStore> OpenAgainAsync(IIncidentStore store) => Task.FromResult(Open(tables[store]));

    private IIncidentStore Open(string table)
        => new DynamoIncidentStore(server.Open(table, new ManualTimeProvider(Alarms.Start)), new DynamoStoreOptions());
}
