using Aiops.Aws.DynamoDb.Tickets;
using Aiops.Aws.Tests.Emulators;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Tickets;

namespace Aiops.Aws.Tests.DynamoDb;

[NeedsEmulators]
public sealed class DynamoTicketSystemTests(DynamoServer server) : TicketSystemTests, IClassFixture<DynamoServer>
{
    private Task<string>? table;

    protected override async Task<IBuiltInTickets> OpenAsync()
        => new DynamoTicketSystem(server.Open(await (table ??= server.NewTableAsync()), new StoppedClock(Now)));
}
