using Aiops.Local.Incidents;
using Aiops.Pipeline.Intake;
using Aiops.PortTests.Incidents;

namespace Aiops.Tests.Local.Incidents;

public sealed class InMemoryIncidentStoreTests : IncidentStoreTests
{
    protected override Task<IIncidentStore> NewStoreAsync() => Task.FromResult<IIncidentStore>(new InMemoryIncidentStore());
}
