using Aiops.Analysis;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Logs;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.Logs;

/// <summary>What CloudWatch's own log anomaly detectors found in the groups read, a sentence each.</summary>
internal static class LogAnomalies
{
    private const int MostPages = 4;
    private const int MostNotes = 5;

    public static async Task<IReadOnlyList<string>> NotesAsync(
        WireClient client, IReadOnlyList<ComponentLogs> groups, TimeWindow window, CancellationToken cancellationToken)
    {
        List<LogAnomaly> found = [];
        try
        {
            string? next = null;
            for (var i = 0; i < MostPages && (i == 0 || next is not null); i++)
            {
                var page = await client.AskAsync(
                    new ListAnomaliesRequest { SuppressionState = "UNSUPPRESSED", Limit = 50, NextToken = next },
                    cancellationToken);
                found.AddRange(page.Anomalies);
                next = page.NextToken;
            }
        }
        catch (SourceDeniedException denied)
        {
            return [$"anomalies can't be listed: {denied.Message}"];
        }

        return
        [
            .. found
                .Where(a => a.LastSeen >= window.Start.ToUnixTimeMilliseconds())
                .Where(a => a.LogGroupArnList.Any(arn => groups.Any(g => Is(arn, g))))
                .OrderByDescending(a => a.LastSeen).Take(MostNotes)
                .Select(a => $"CloudWatch's anomaly detector says: {a.Description} ({a.PatternString})"),
        ];
    }

    private static bool Is(string arn, ComponentLogs group)
        => arn.TrimEnd('*', ':').EndsWith($":log-group:{group.Group}", StringComparison.Ordinal);
}
