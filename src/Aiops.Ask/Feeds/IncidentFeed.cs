using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aiops.Ask.Data;
using Aiops.Pipeline;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Reason;

namespace Aiops.Ask.Feeds;

/// <summary>Incidents with their alarms, hypotheses, reviews, cases and what reasoning cost, out of a host's stores.</summary>
public sealed class IncidentFeed(IIncidentStore incidents, IDocumentStore documents, ICaseSnapshots cases) : ITableFeed
{
    public async Task FeedAsync(ITableStore tables, CancellationToken cancellationToken)
    {
        var all = await incidents.ListAsync(null, int.MaxValue, cancellationToken);
        List<ReadIncident> read = [];
        foreach (var incident in all)
        {
            read.Add(await ReadAsync(incident, cancellationToken));
        }

        IncidentRows.Write(tables, read);
        HypothesisRows.Write(tables, read);
        CaseRows.Write(tables, [.. await CasesAsync(all, cancellationToken)]);
        ModelCostRows.Write(tables, read);
    }

    private async Task<ReadIncident> ReadAsync(Incident incident, CancellationToken cancellationToken)
    {
        var round = await documents.LatestRoundAsync(incident.Id, cancellationToken);
        List<(int, Diagnosis)> diagnoses = [];
        for (var i = 1; i <= round; i++)
        {
            if (await DiagnosisAsync(incident.Id, i, cancellationToken) is { } diagnosis)
            {
                diagnoses.Add((i, diagnosis));
            }
        }

        List<ReasoningCost> costs = [];
        foreach (var key in await documents.ListAsync($"incidents/{incident.Id}/reasoning/", cancellationToken))
        {
            if (await documents.GetAsync(key, cancellationToken) is { } content && ReasoningCost.Read(key, content) is { } cost)
            {
                costs.Add(cost);
            }
        }

        return new ReadIncident(
            incident,
            await incidents.ListMembersAsync(incident.Id, cancellationToken),
            await DocumentAsync(DocumentKeys.Classification(incident.Id, round), ClassifyJson.Default.Classification, cancellationToken),
            diagnoses,
            await DocumentAsync(DocumentKeys.Outcome(incident.Id), LearnJson.Default.Outcome, cancellationToken),
            costs);
    }

    private async Task<IEnumerable<CaseRecord>> CasesAsync(IReadOnlyList<Incident> all, CancellationToken cancellationToken)
    {
        List<CaseRecord> records = [];
        foreach (var scope in all.Select(incident => incident.Scope).Distinct(StringComparer.Ordinal))
        {
            records.AddRange((await cases.SnapshotAsync(scope, cancellationToken)).Records);
        }

        return records;
    }

    /// <summary>In the order that people saw.</summary>
    private async Task<Diagnosis?> DiagnosisAsync(string incidentId, int round, CancellationToken cancellationToken)
    {
        try
        {
            return await documents.DiagnosisAsync(incidentId, round, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null where there is none, or it is of a version that isn't understood: one unreadable document doesn't keep the others back.</summary>
    private async Task<T?> DocumentAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        if (await documents.GetAsync(key, cancellationToken) is not { } content)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(content, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="Diagnoses">By round, ascending.</param>
internal sealed record ReadIncident(
    Incident Incident,
    IReadOnlyList<IncidentMember> Members,
    Classification? Classification,
    IReadOnlyList<(int Round, Diagnosis Diagnosis)> Diagnoses,
    Outcome? Outcome,
    IReadOnlyList<ReasoningCost> Costs);
