using Aiops.Analysis.Telemetry;
using Aiops.Aws.Changes;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.ApplicationSignals;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.ApplicationSignals;

/// <summary>The deployments and configuration changes that Application Signals saw of an incident's components.</summary>
internal static class SignalChanges
{
    private const int MostPages = 10;

    public static async Task<IReadOnlyList<ChangeRecord>> ReadAsync(
        WireClient client, TelemetryQuery query, string account, CancellationToken cancellationToken)
    {
        List<ChangeRecord> changes = [];
        foreach (var entity in await ChangedAsync(client, query, cancellationToken))
        {
            string? next = null;
            for (var page = 0; page < MostPages && (page == 0 || next is not null); page++)
            {
                var answer = await client.AskAsync(
                    new ListEntityEventsRequest
                    {
                        Entity = entity,
                        StartTime = query.Window.Start,
                        EndTime = query.Window.End,
                        NextToken = next,
                    },
                    cancellationToken);
                changes.AddRange(answer.ChangeEvents.Where(e => query.Window.Contains(e.Timestamp)).Select(e => Of(e, account)));
                next = answer.NextToken;
            }
        }

        return changes;
    }

    // One listing tells which services changed at all; their events are asked for one by one.
    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> ChangedAsync(
        WireClient client, TelemetryQuery query, CancellationToken cancellationToken)
    {
        List<IReadOnlyDictionary<string, string>> changed = [];
        string? next = null;
        for (var page = 0; page < MostPages && (page == 0 || next is not null); page++)
        {
            var answer = await client.AskAsync(
                new ListServiceStatesRequest { StartTime = query.Window.Start, EndTime = query.Window.End, NextToken = next },
                cancellationToken);
            changed.AddRange(answer.ServiceStates.Where(s => s.LatestChangeEvents.Count > 0).Select(s => s.Service));
            next = answer.NextToken;
        }

        return [.. changed.Where(s => query.Components.Count == 0 || query.Components.Contains(s.GetValueOrDefault("Name", "")))];
    }

    private static ChangeRecord Of(ChangeEvent told, string account)
    {
        var name = told.Entity.GetValueOrDefault("Name", "");
        var kind = told.ChangeEventType == "DEPLOYMENT" ? ChangeKind.Deployment : ChangeKind.Configuration;
        return new ChangeRecord(
            told.EventId,
            told.AccountId ?? account,
            new Change(
                told.Timestamp, name, kind, $"{told.EventName ?? told.ChangeEventType} of {name}", told.UserName ?? "",
                told.EventId));
    }
}
