using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Aws.CloudWatch;

/// <summary>What intake knows of alarms.</summary>
public interface IKnownAlarms
{
    /// <summary>By subject; those it never heard of are left out.</summary>
    Task<IReadOnlyDictionary<string, SubjectRecord>> FindAsync(
        IReadOnlyCollection<string> subjects, CancellationToken cancellationToken);

    /// <summary>CloudWatch alarms that it takes to be firing, in open incidents: what told of each, a subject once.</summary>
    Task<IReadOnlyList<Trigger>> FiringAsync(CancellationToken cancellationToken);
}

/// <summary>What the incident store knows, in one scope.</summary>
public sealed class KnownAlarms(IIncidentStore store, string scope) : IKnownAlarms
{
    public async Task<IReadOnlyDictionary<string, SubjectRecord>> FindAsync(
        IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
    {
        var snapshot = await store.LoadAsync(scope, new SnapshotRequest { Subjects = subjects }, cancellationToken);
        return snapshot.Subjects.Where(s => subjects.Contains(s.Key)).ToDictionary(s => s.Key, s => s.Value);
    }

    public async Task<IReadOnlyList<Trigger>> FiringAsync(CancellationToken cancellationToken)
    {
        List<Trigger> firing = [];
        foreach (var incident in (await store.ListAsync(IncidentStatus.Open, int.MaxValue, cancellationToken)).Where(i => i.Scope == scope))
        {
            firing.AddRange((await store.ListMembersAsync(incident.Id, cancellationToken))
                .Where(m => m.Firing && m.Trigger.Source == TriggerSource.CloudWatch).Select(m => m.Trigger));
        }

        return [.. firing.DistinctBy(told => told.Subject)];
    }
}
