using Aiops.Pipeline.Comment;
using Aiops.PortTests.Tickets;

namespace Aiops.Tickets.Tests;

/// <summary>The ledger that the other tests here use must be one.</summary>
public sealed class InMemoryTicketLedgerTests : TicketLedgerTests
{
    private InMemoryTicketLedger? ledger;

    protected override Task<ITicketLedger> OpenAsync() => Task.FromResult<ITicketLedger>(ledger ??= new InMemoryTicketLedger(Clock));
}
