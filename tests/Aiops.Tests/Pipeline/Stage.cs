using Aiops.Pipeline;

namespace Aiops.Tests.Pipeline;

/// <summary>The one incident that a test is about.</summary>
internal sealed class OneIncident(Incident incident) : IIncidents
{
    public Incident Incident => incident;

    public static OneIncident Of(string component, DateTimeOffset at, string? metric = null, TimeSpan? period = null)
    {
        var trigger = new Trigger
        {
            Source = TriggerSource.CloudWatch,
            SourceId = "1",
            Subject = $"alarm:{component}",
            State = "ALARM",
            Condition = TriggerCondition.Firing,
            OccurredAt = at,
            Title = $"{component} alarm",
            Component = component,
            Signal = metric is null ? null : new SignalReference(null, metric, new Dictionary<string, string>(), Period: period),
        };
        return new OneIncident(new Incident
        {
            Id = "INC-1",
            Scope = "local",
            Status = IncidentStatus.Open,
            Title = trigger.Title,
            OpenedAt = at,
            LastEventAt = at,
            First = trigger,
            Components = [component],
        });
    }

    public Task<Incident> GetAsync(string id, CancellationToken cancellationToken)
        => id == incident.Id ? Task.FromResult(incident) : throw new KeyNotFoundException(id);

    public Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<Trigger>>([incident.First]);
}
