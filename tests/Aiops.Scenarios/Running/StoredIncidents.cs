using System.Text;
using System.Text.Json;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Learn;

namespace Aiops.Scenarios.Running;

/// <summary>Reads what incidents came to out of any host's stores.</summary>
internal static class StoredIncidents
{
    public static async Task<IReadOnlyList<ToldIncident>> ReadAsync(IIncidentStore incidents, IBuiltInTickets tickets, IDocumentStore documents)
    {
        List<ToldIncident> told = [];
        foreach (var incident in (await incidents.ListAsync(null, int.MaxValue, default)).OrderBy(one => one.OpenedAt).ThenBy(one => one.Id, StringComparer.Ordinal))
        {
            var ticket = await tickets.GetAsync(incident.Id, default);
            var diagnosis = DocumentKeys.Diagnosis(incident.Id, await documents.LatestRoundAsync(incident.Id, default));
            var outcome = await documents.GetAsync(DocumentKeys.Outcome(incident.Id), default);
            told.Add(new ToldIncident(
                incident,
                await incidents.ListMembersAsync(incident.Id, default),
                await incidents.ListDecisionsAsync(new DecisionFilter { IncidentId = incident.Id }, default),
                ticket?.State,
                ticket?.Comment,
                ticket?.CommentVersion ?? 0,
                await documents.GetAsync(DocumentKeys.Report(incident.Id), default) is { } report ? Encoding.UTF8.GetString(report) : null,
                await documents.GetAsync(diagnosis, default) is { } found ? JsonSerializer.Deserialize(found, DiagnosisJson.Default.Diagnosis) : null,
                outcome is null ? null : JsonSerializer.Deserialize(outcome, LearnJson.Default.Outcome)));
        }

        return told;
    }
}
