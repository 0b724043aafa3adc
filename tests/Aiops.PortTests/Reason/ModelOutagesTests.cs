using Aiops.Pipeline.Reason.Models;
using Aiops.PortTests.Running;

namespace Aiops.PortTests.Reason;

/// <summary>What any list of incidents that wait for the model must hold to.</summary>
public abstract class ModelOutagesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private IModelOutages outages = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => outages = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The same list as another process would open it.</summary>
    protected abstract Task<IModelOutages> OpenAsync();

    [PortFact]
    public async Task Those_that_have_waited_longest_come_first_and_no_more_than_asked()
    {
        await outages.PutAsync(new ModelOutage("INC-2", 1, Eight.AddMinutes(2)), None);
        await outages.PutAsync(new ModelOutage("INC-9", 3, Eight), None);
        await outages.PutAsync(new ModelOutage("INC-1", 1, Eight.AddMinutes(1)), None);
        var again = await OpenAsync();
        (await again.ListAsync(3, None)).ShouldBe(
            [new("INC-9", 3, Eight), new("INC-1", 1, Eight.AddMinutes(1)), new("INC-2", 1, Eight.AddMinutes(2))]);
        (await again.ListAsync(2, None)).Select(outage => outage.IncidentId).ShouldBe(["INC-9", "INC-1"]);
    }

    [PortFact]
    public async Task Put_again_an_incident_stands_there_once_as_said_last()
    {
        await outages.PutAsync(new ModelOutage("INC-1", 1, Eight), None);
        await outages.PutAsync(new ModelOutage("INC-1", 2, Eight.AddMinutes(5)), None);
        (await outages.ListAsync(10, None)).ShouldBe([new ModelOutage("INC-1", 2, Eight.AddMinutes(5))]);
    }

    [PortFact]
    public async Task Removed_it_is_gone_and_removing_it_again_is_no_error()
    {
        await outages.PutAsync(new ModelOutage("INC-1", 1, Eight), None);
        await outages.PutAsync(new ModelOutage("INC-2", 1, Eight), None);
        await outages.RemoveAsync("INC-1", None);
        await outages.RemoveAsync("INC-1", None);
        (await outages.ListAsync(10, None)).Select(outage => outage.IncidentId).ShouldBe(["INC-2"]);
    }
}
