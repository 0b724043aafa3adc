using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Aws.DynamoDb.Incidents;

/// <summary>
/// Reads a snapshot: the head first, then the other items, which are of its version or a later one. Where they are of a later
/// one, the scope has moved on and the commit is refused.
/// </summary>
internal sealed class ScopeReader(DynamoTable table, ScopeHeads heads)
{
    public async Task<ScopeSnapshot> ReadAsync(string scope, SnapshotRequest request, CancellationToken cancellationToken)
    {
        var (version, head) = await heads.ReadAsync(scope, cancellationToken);
        if (version == 0)
        {
            return ScopeSnapshot.Empty(scope);
        }

        var keys = request.Keys.Distinct(StringComparer.Ordinal).ToDictionary(key => TableKeys.Key(scope, key));
        var now = table.Time.GetUtcNow();
        var found = await table.GetAsync(
            [.. keys.Keys, .. request.Subjects.Select(subject => TableKeys.Subject(scope, subject))], cancellationToken);
        var subjects = await SubjectsAsync(scope, request.Subjects, found, now, cancellationToken);
        return new ScopeSnapshot
        {
            Scope = scope,
            Version = version,
            Head = head,
            Subjects = subjects,
            Others = await OthersAsync(head, subjects.Values, request.Incidents, cancellationToken),
            Keys = found.Where(item => keys.ContainsKey(item.Key) && !item.Value.IsExpired(now))
                .ToDictionary(item => keys[item.Key], item => item.Value["Value"].S, StringComparer.Ordinal),
        };
    }

    // Those asked for came with the first read; the kin of what they hold, and theirs, come behind.
    private async Task<IReadOnlyDictionary<string, SubjectRecord>> SubjectsAsync(
        string scope,
        IReadOnlyCollection<string> asked,
        IReadOnlyDictionary<ItemKey, Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>> found,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        Dictionary<string, SubjectRecord?> known = new(StringComparer.Ordinal);
        var wanted = asked.ToHashSet(StringComparer.Ordinal);
        while (wanted.Count > 0)
        {
            HashSet<string> kin = new(StringComparer.Ordinal);
            foreach (var subject in wanted)
            {
                known[subject] = found.TryGetValue(TableKeys.Subject(scope, subject), out var item) && !item.IsExpired(now)
                    ? Packed.Read(item["Record"], IntakeJson.Default.SubjectRecord)
                    : null;
                kin.UnionWith(known[subject]?.Hold is { } hold ? Kin.Of(hold.Trigger) : []);
            }

            kin.ExceptWith(known.Keys);
            wanted = kin;
            found = wanted.Count == 0 ? found : await table.GetAsync(wanted.Select(subject => TableKeys.Subject(scope, subject)), cancellationToken);
        }

        return HeldKin.Complete(asked, subject => known.GetValueOrDefault(subject));
    }

    private async Task<IReadOnlyDictionary<string, IncidentState>> OthersAsync(
        ScopeHead head, IEnumerable<SubjectRecord> subjects, IEnumerable<string> asked, CancellationToken cancellationToken)
    {
        var named = asked.ToHashSet(StringComparer.Ordinal);
        named.UnionWith(subjects.SelectMany(record => new[] { record.IncidentId, record.ExpectedIn }).OfType<string>());
        named.ExceptWith(head.Incidents.Select(incident => incident.Id));
        if (named.Count == 0)
        {
            return new Dictionary<string, IncidentState>();
        }

        var found = await table.GetAsync(named.Select(TableKeys.Incident), cancellationToken);
        return found.Values.Select(item => Packed.Read(item["IncidentState"], IntakeJson.Default.IncidentState))
            .ToDictionary(state => state.Id, StringComparer.Ordinal);
    }
}
