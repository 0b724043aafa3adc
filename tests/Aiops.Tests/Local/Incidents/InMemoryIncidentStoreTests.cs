using Aiops.Local.Incidents;
using Aiops.Pipeline.Intake;

namespace Aiops.Tests.Local.Incidents;

public sealed class InMemoryIncidentStoreTests : IncidentStoreTests
{
    protected override Task<IIncidentStore> NewStoreAsync() => Task.FromResult<IIncidentStore>(new InMemoryIncidentStore());
}
