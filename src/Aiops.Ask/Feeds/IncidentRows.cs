using System.Text.Json;
using Aiops.Ask.Data;

namespace Aiops.Ask.Feeds;

/// <summary>The tables incidents and alarms.</summary>
internal static class IncidentRows
{
    public static void Write(ITableStore tables, IReadOnlyList<ReadIncident> all)
    {
        using (var rows = tables.Append("incidents"))
        {
            foreach (var (incident, members, classification, _, _, _) in all)
            {
                rows.Add(incident.Id).Add(incident.Title).Add(Wire.Name(incident.Status)).Add(classification is null ? "unknown" : Wire.Name(classification.Kind))
                    .AddOrNull(classification is null ? null : Wire.Name(classification.Severity)).AddOrNull(incident.Components is [var first, ..] ? first : null)
                    .AddOrNull(incident.OpenedAt).AddOrNull(incident.LastEventAt).AddOrNull(incident.ResolvedAt).Add((long)Math.Max(incident.MemberCount, members.Count)).EndRow();
            }

            rows.Finish();
        }

        using var alarms = tables.Append("alarms");
        foreach (var (incident, trigger) in all.SelectMany(one => one.Members.Select(member => (one.Incident, member.Trigger))))
        {
            alarms.Add(incident.Id).AddOrNull(trigger.OccurredAt).Add(trigger.Source).Add(trigger.Title).AddOrNull(trigger.Component).Add(Wire.Name(trigger.SeverityHint))
                .AddOrNull(trigger.Signal?.Metric).AddOrNull(trigger.Observed).AddOrNull(trigger.Threshold).EndRow();
        }

        alarms.Finish();
    }
}

/// <summary>Enumerations as documents and catalogue write them.</summary>
internal static class Wire
{
    public static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
