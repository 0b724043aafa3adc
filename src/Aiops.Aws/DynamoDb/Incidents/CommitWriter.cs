using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb.Incidents;

/// <summary>
/// Carries a commit's note out, item by item. Each write says which version of the scope it belongs to and passes by an item
/// that the same or a later one wrote, so doing it again, also late and beside others, changes nothing.
/// </summary>
internal sealed class CommitWriter(DynamoTable table, TimeSpan recordsKept)
{
    private delegate Task Write(CancellationToken cancellationToken);

    public async Task WriteAsync(string scope, long version, CommitNote note, CancellationToken cancellationToken)
    {
        var changes = note.Changes;

        // What points to an incident is written behind it.
        var opened = changes.Opened.ToDictionary(incident => incident.Id, StringComparer.Ordinal);
        await RunAsync(changes.States.Select(state => Incident(state, opened.GetValueOrDefault(state.Id), version)), cancellationToken);
        await table.PutAllAsync(
            [.. changes.Opened.Select(incident => Start(scope, incident)), .. changes.Keys.Select(key => Key(scope, key.Key, key.Value, note.At))],
            cancellationToken);
        await RunAsync(
            [
                .. changes.States.Select(state => Due(scope, state, version)),
                .. changes.Members.Select(member => Member(member, version, note.At)),
                .. changes.Subjects.Select(record => Subject(scope, record, version)),
                .. changes.Decisions.GroupBy(decision => decision.Id).Select((same, index) => Decision(scope, [.. same], version, index)),
                .. changes.Signals.GroupBy(signal => signal.IncidentId).Select(signals => Signal(signals.Key, [.. signals], version)),
            ],
            cancellationToken);
    }

    private static Task RunAsync(IEnumerable<Write> writes, CancellationToken cancellationToken)
        => DynamoTable.ForEachAsync(writes, (write, token) => write(token), cancellationToken);

    private Write Incident(IncidentState state, Incident? opened, long version) => token =>
    {
        List<(string, AttributeValue)> values =
        [
            (":state", Packed.Attribute(state, IntakeJson.Default.IncidentState)),
            (":partition", Attributes.Text(TableKeys.IncidentsOf(state.Status))),
            (":sort", Attributes.Text($"{TableKeys.Instant(state.OpenedAt)}#{state.Id}")),
        ];
        var update = "SET V = :v, IncidentState = :state, GSI1PK = :partition, GSI1SK = :sort";
        if (opened is not null)
        {
            values.AddRange([(":opened", Packed.Attribute(opened, IntakeJson.Default.Incident)), (":start", Attributes.Text(Start(opened.Scope, opened)[TableKeys.SK].S))]);
            update += ", Opened = :opened, StartKey = :start, IncidentScope = :scope";
            values.Add((":scope", Attributes.Text(opened.Scope)));
        }

        return table.UpdateAsync(TableKeys.Incident(state.Id), update, Condition.Before(version, [.. values]), token);
    };

    // Written again after its execution started, it is found stale and removed by whoever lists it.
    private static Item Start(string scope, Incident opened)
    {
        var item = TableKeys.Start(scope, opened.OpenedAt, opened.Id).ToItem();
        item["IncidentId"] = Attributes.Text(opened.Id);
        return item;
    }

    // A key's value never changes while it lives, so the older of two writes does no harm.
    private static Item Key(string scope, string key, string value, DateTimeOffset now)
    {
        var item = TableKeys.Key(scope, key).ToItem();
        item["Value"] = Attributes.Text(value);
        item["NotedAt"] = Attributes.Exactly(now);
        item[TableKeys.ExpiresAt] = Attributes.Seconds(now + TriggerKeys.Lifetime);
        return item;
    }

    private Write Due(string scope, IncidentState state, long version) => token => state.CloseDueAt is { } due
        ? table.UpdateAsync(
            TableKeys.Due(state.Id),
            "SET V = :v, IncidentId = :id, GSI1PK = :partition, GSI1SK = :sort",
            Condition.Before(
                version,
                (":id", Attributes.Text(state.Id)),
                (":partition", Attributes.Text(TableKeys.DueIncidents(scope))),
                (":sort", Attributes.Text($"{TableKeys.DueInstant(due)}#{state.Id}"))),
            token)
        : table.UpdateAsync(
            TableKeys.Due(state.Id),
            "SET V = :v REMOVE GSI1PK, GSI1SK",
            Condition.Of("attribute_exists(PK) AND V < :v", (":v", Attributes.Number(version))),
            token);

    private Write Member(MemberChange member, long version, DateTimeOffset now) => token => member switch
    {
        { Removed: true } => table.UpdateAsync(
            TableKeys.Member(member.IncidentId, member.Subject),
            "SET V = :v, Removed = :yes, ExpiresAt = :expires",
            Condition.Before(version, (":yes", Attributes.Flag(true)), (":expires", Attributes.Seconds(now + recordsKept))),
            token),
        { Trigger: { } trigger } => table.UpdateAsync(
            TableKeys.Member(member.IncidentId, member.Subject),
            "SET V = :v, Subject = :subject, Firing = :firing, MemberTrigger = :trigger REMOVE Removed, ExpiresAt",
            Condition.Before(
                version,
                (":subject", Attributes.Text(member.Subject)),
                (":firing", Attributes.Flag(member.Firing)),
                (":trigger", Packed.Attribute(trigger, IntakeJson.Default.Trigger))),
            token),
        _ => table.UpdateAsync(
            TableKeys.Member(member.IncidentId, member.Subject),
            "SET V = :v, Firing = :firing",
            Condition.Of("attribute_exists(PK) AND V < :v", (":firing", Attributes.Flag(member.Firing)), (":v", Attributes.Number(version))),
            token),
    };

    private Write Subject(string scope, SubjectRecord record, long version) => token =>
    {
        var item = TableKeys.Subject(scope, record.Subject).ToItem();
        item[TableKeys.Version] = Attributes.Number(version);
        item["Record"] = Packed.Attribute(record, IntakeJson.Default.SubjectRecord);
        if (record.Hold is { } hold)
        {
            item["Subject"] = Attributes.Text(record.Subject);
            item[TableKeys.IndexPK] = Attributes.Text(TableKeys.DueSubjects(scope));
            item[TableKeys.IndexSK] = Attributes.Text($"{TableKeys.DueInstant(hold.DueAt)}#{TableKeys.Part(record.Subject)}");
        }
        else if (record is { Firing: false, StateAt: { } idleSince })
        {
            item["IdleSince"] = Attributes.Exactly(idleSince);
            item[TableKeys.ExpiresAt] = Attributes.Seconds(idleSince + recordsKept);
        }

        return table.PutAsync(item, Condition.Before(version), token);
    };

    private Write Decision(string scope, IReadOnlyList<TriggerDecision> same, long version, int index) => token =>
    {
        var first = same[0];
        var partition = first.IncidentId is { } id ? TableKeys.DecisionsOf(id) : TableKeys.DecisionsOfNone(scope);
        return table.UpdateAsync(
            TableKeys.Decision(scope, first.Trigger.Subject, first.Id),
            "SET V = :v, Decision = if_not_exists(Decision, :decision), DecidedAt = if_not_exists(DecidedAt, :at), "
            + "GSI1PK = if_not_exists(GSI1PK, :partition), GSI1SK = if_not_exists(GSI1SK, :sort), ExpiresAt = :expires ADD Deliveries :count",
            Condition.Before(
                version,
                (":decision", Packed.Attribute(first, IntakeJson.Default.TriggerDecision)),
                (":at", Attributes.Exactly(first.DecidedAt)),
                (":partition", Attributes.Text(partition)),
                (":sort", Attributes.Text($"{TableKeys.Instant(first.DecidedAt)}#{version:D12}#{index:D6}")),
                (":expires", Attributes.Seconds(first.DecidedAt + recordsKept)),
                (":count", Attributes.Number(same.Count))),
            token);
    };

    // What is pending depends on what was, and is cleared without the scope's version: read, then written if nobody did.
    private Write Signal(string incidentId, IReadOnlyList<SignalChange> changes, long version) => async token =>
    {
        while (true)
        {
            var (incidentKey, signalKey) = (TableKeys.Incident(incidentId), TableKeys.Signal(incidentId));
            var found = await table.GetAsync([incidentKey, signalKey], token);
            var before = found.GetValueOrDefault(signalKey);
            if (before?.FindNumber(TableKeys.Version) >= version)
            {
                return;
            }

            var pending = changes.Aggregate(SignalItems.Read(incidentId, before), SignalItems.Apply);
            var item = SignalItems.Write(pending, version, found[incidentKey][TableKeys.IndexSK].S);
            if (await table.PutAsync(item, SignalItems.Unchanged(before), token))
            {
                return;
            }
        }
    };
}
