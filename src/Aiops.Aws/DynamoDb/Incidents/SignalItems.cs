using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb.Incidents;

/// <summary>What an incident's workflow hasn't been told yet, as an item; in the index only while there is something.</summary>
internal static class SignalItems
{
    public static PendingSignal Read(string incidentId, Item? item) => item is null
        ? new PendingSignal(incidentId, PendingSignals.None, null, 0)
        : new PendingSignal(incidentId, (PendingSignals)item.FindNumber("Signals"), item.FindText("Reason"), item.FindNumber("Revision"));

    public static PendingSignal Apply(PendingSignal pending, SignalChange change) => new(
        pending.IncidentId, (pending.Signals & ~change.Withdraw) | change.Raise, change.Reason ?? pending.Reason, pending.Revision + 1);

    /// <param name="age">Sorts as the incidents' ages do.</param>
    public static Item Write(PendingSignal pending, long version, string age)
    {
        var item = TableKeys.Signal(pending.IncidentId).ToItem();
        item["IncidentId"] = Attributes.Text(pending.IncidentId);
        item[TableKeys.Version] = Attributes.Number(version);
        item["Signals"] = Attributes.Number((int)pending.Signals);
        item["Revision"] = Attributes.Number(pending.Revision);
        if (pending.Reason is { } reason)
        {
            item["Reason"] = Attributes.Text(reason);
        }

        if (pending.Signals != PendingSignals.None)
        {
            item[TableKeys.IndexPK] = Attributes.Text(TableKeys.Pending);
            item[TableKeys.IndexSK] = Attributes.Text(age);
        }

        return item;
    }

    public static Condition Unchanged(Item? before) => before is null
        ? Condition.Absent
        : Condition.Of("Revision = :revision AND Signals = :signals", (":revision", before["Revision"]), (":signals", before["Signals"]));
}
