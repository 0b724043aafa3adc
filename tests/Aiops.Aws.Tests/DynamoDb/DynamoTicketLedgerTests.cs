using Aiops.Aws.DynamoDb.Tickets;
using Aiops.Aws.Tests.Emulators;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Tickets;

namespace Aiops.Aws.Tests.DynamoDb;

[NeedsEmulators]
public sealed class DynamoTicketLedgerTests(DynamoServer server) : TicketLedgerTests, IClassFixture<DynamoServer>
{
    private Task<string>? table;

    protected override async Task<ITicketLedger> OpenAsync() => new DynamoTicketLedger(server.Open(await (table ??= server.NewTableAsync()), Clock));
}
