using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb.Cases;

/// <summary>Cases in the single table, a partition a scope: the current record of each, and what it said before.</summary>
/// <remarks>Read whole for each comparison, a megabyte a request: fit for some ten thousand cases a scope.</remarks>
public sealed class DynamoCaseBook(DynamoTable table, CaseMaker maker) : ICaseBook, IPastIncidents, ICaseSnapshots
{
    private const string CasePrefix = "CASE#";

    /// <inheritdoc/>
    public Task WriteAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken)
        => RecordAsync(incident, outcome, round, cancellationToken);

    /// <summary>Writes the case; saying the same again is no new version.</summary>
    public async Task<CaseRecord> RecordAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken)
        => await RecordAsync(incident.Scope, await maker.MakeAsync(incident, outcome, round, cancellationToken), cancellationToken);

    /// <summary>A case that is known from elsewhere, or was corrected by hand.</summary>
    public async Task<CaseRecord> RecordAsync(string scope, PastCase past, CancellationToken cancellationToken)
        => (await ChangeAsync(scope, past.IncidentId, _ => (past, CaseStatus.Current), cancellationToken))!;

    /// <summary>Takes a case back: it answers nothing any more, from the next comparison on.</summary>
    /// <returns>Null where there is no such case.</returns>
    public Task<CaseRecord?> RevokeAsync(string scope, string incidentId, CancellationToken cancellationToken)
        => ChangeAsync(scope, incidentId, known => known is null ? null : (known.Case, CaseStatus.Revoked), cancellationToken);

    /// <summary>As it stands now, whatever its status; null where there is none.</summary>
    public async Task<CaseRecord?> FindAsync(string scope, string incidentId, CancellationToken cancellationToken)
        => await table.GetAsync(TableKeys.Case(scope, incidentId), cancellationToken) is { } item ? Read(scope, item) : null;

    /// <summary>Those of them that exist, as they stand now.</summary>
    public async Task<IReadOnlyList<CaseRecord>> FindAsync(string scope, IEnumerable<string> incidentIds, CancellationToken cancellationToken)
        => [.. (await table.GetAsync(incidentIds.Select(id => TableKeys.Case(scope, id)), cancellationToken)).Values.Select(item => Read(scope, item))];

    public async Task<CaseSnapshot> SnapshotAsync(string scope, CancellationToken cancellationToken)
    {
        List<CaseRecord> records = [];
        await foreach (var item in table.QueryAsync(TableKeys.Cases(scope), CasePrefix, null, cancellationToken))
        {
            records.Add(Read(scope, item));
        }

        // Each change makes one record's version one larger, and no record is ever deleted.
        return new CaseSnapshot(records.Sum(record => record.Version), records);
    }

    /// <inheritdoc/>
    public async Task<PastCandidates> CandidatesAsync(Incident incident, CancellationToken cancellationToken)
    {
        var snapshot = await SnapshotAsync(incident.Scope, cancellationToken);
        return new PastCandidates([.. snapshot.Current.Where(past => past.IncidentId != incident.Id)], []);
    }

    private async Task<CaseRecord?> ChangeAsync(
        string scope, string incidentId, Func<CaseRecord?, (PastCase Case, CaseStatus Status)?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var item = await table.GetAsync(TableKeys.Case(scope, incidentId), cancellationToken);
            var known = item is null ? null : Read(scope, item);
            if (change(known) is not { } changed)
            {
                return null;
            }

            CaseRecord next = new(scope, changed.Case, (known?.Version ?? 0) + 1, changed.Status);
            if (known is not null && known.Status == next.Status && Same(known.Case, next.Case))
            {
                return known;
            }

            if (known is not null) // Says the same whoever writes it, so it may be written before it is known who wins.
            {
                var earlier = Write(TableKeys.EarlierCase(scope, incidentId, known.Version), known with { Status = CaseStatus.Superseded });
                await table.PutAllAsync([earlier], cancellationToken);
            }

            var unchanged = known is null ? Condition.Absent : Condition.Of("CaseVersion = :version", (":version", Attributes.Number(known.Version)));
            if (await table.PutAsync(Write(TableKeys.Case(scope, incidentId), next), unchanged, cancellationToken))
            {
                return next;
            }
        }
    }

    private static bool Same(PastCase one, PastCase other)
        => Packed.Bytes(one, StoreJson.Default.PastCase).AsSpan().SequenceEqual(Packed.Bytes(other, StoreJson.Default.PastCase));

    private static Item Write(ItemKey key, CaseRecord record)
    {
        var item = key.ToItem();
        item["CaseVersion"] = Attributes.Number(record.Version);
        item["CaseStatus"] = Attributes.Text(record.Status.ToString());
        item["PastCase"] = Packed.Attribute(record.Case, StoreJson.Default.PastCase);
        return item;
    }

    private static CaseRecord Read(string scope, Item item) => new(
        scope,
        Packed.Read(item["PastCase"], StoreJson.Default.PastCase),
        item.FindNumber("CaseVersion"),
        Enum.Parse<CaseStatus>(item["CaseStatus"].S));
}
