using Aiops.Pipeline.Intake.Deciding;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake;

/// <summary>Where people correct what intake put together, and where a workflow that ended closes its incident.</summary>
public sealed class IncidentDesk(IIncidentStore store, IWorkflowStarter workflows, TimeProvider time)
{
    private readonly ExecutionStarts starts = new(store, workflows);

    /// <inheritdoc cref="IncidentEdits.Link"/>
    public Task<IncidentEdit> LinkAsync(string incidentId, string to, CancellationToken cancellationToken)
        => EditAsync(incidentId, new SnapshotRequest { Incidents = [incidentId, to] }, (snapshot, _) => IncidentEdits.Link(snapshot, incidentId, to), cancellationToken);

    /// <inheritdoc cref="IncidentEdits.Split"/>
    public Task<IncidentEdit> SplitAsync(string incidentId, IReadOnlyList<string> subjects, CancellationToken cancellationToken)
        => EditAsync(incidentId, new SnapshotRequest { Incidents = [incidentId], Subjects = [.. subjects] },
            (snapshot, members) => IncidentEdits.Split(snapshot, incidentId, subjects, members), cancellationToken);

    /// <inheritdoc cref="IncidentEdits.Reopen"/>
    public Task<IncidentEdit> ReopenAsync(string incidentId, CancellationToken cancellationToken)
        => EditAsync(incidentId, new SnapshotRequest { Incidents = [incidentId] }, (snapshot, _) => IncidentEdits.Reopen(snapshot, incidentId), cancellationToken);

    /// <inheritdoc cref="IncidentEdits.Close"/>
    public Task<IncidentEdit> CloseAsync(string incidentId, CancellationToken cancellationToken)
        => EditAsync(incidentId, new SnapshotRequest { Incidents = [incidentId] }, (snapshot, _) => IncidentEdits.Close(snapshot, incidentId), cancellationToken);

    private async Task<IncidentEdit> EditAsync(
        string incidentId,
        SnapshotRequest request,
        Func<ScopeSnapshot, IReadOnlyList<IncidentMember>, IncidentEdit> edit,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(incidentId, cancellationToken) is not { } incident)
        {
            return new IncidentEdit.Refused($"there is no incident {incidentId}");
        }

        for (var attempt = 0; attempt < ScopeWriter.MaxAttempts; attempt++)
        {
            // Members are read after the version: if they are newer than the snapshot, the commit fails.
            var snapshot = await store.LoadAsync(incident.Scope, request, cancellationToken);
            var edited = edit(snapshot, await store.ListMembersAsync(incidentId, cancellationToken));
            if (edited is not IncidentEdit.Done done)
            {
                return edited;
            }

            if (await store.CommitAsync(incident.Scope, snapshot.Version, done.Changes, time.GetUtcNow(), cancellationToken))
            {
                await starts.StartAsync(incident.Scope, cancellationToken); // What fails here is left to the sweep.
                return edited;
            }
        }

        throw new StoreUnavailableException($"The incidents of {incident.Scope} changed {ScopeWriter.MaxAttempts} times during the edit.");
    }
}
