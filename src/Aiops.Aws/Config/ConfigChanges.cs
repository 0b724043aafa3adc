using System.Globalization;
using System.Text.Json;
using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Aws.Changes;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Config;

namespace Aiops.Aws.Config;

/// <summary>The resources whose configuration AWS Config recorded anew in the window: what, not by whom.</summary>
internal static class ConfigChanges
{
    private const int MostPages = 5;

    public static async Task<IReadOnlyList<ChangeRecord>> ReadAsync(
        WireClient client, TimeWindow window, string account, List<string> gaps, CancellationToken cancellationToken)
    {
        List<ChangeRecord> changes = [];
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await client.AskAsync(
                new SelectResourceConfigRequest
                {
                    Expression = "SELECT resourceId, resourceName, resourceType, configurationItemCaptureTime "
                        + $"WHERE configurationItemCaptureTime BETWEEN '{Stamp(window.Start)}' AND '{Stamp(window.End)}'",
                    Limit = 100,
                    NextToken = next,
                },
                cancellationToken);
            changes.AddRange(answer.Results.Select(row => Read(row, account)).OfType<ChangeRecord>());
            if ((next = answer.NextToken) is null)
            {
                return changes;
            }
        }

        gaps.Add($"Config recorded more than {changes.Count} resources in the window");
        return changes;
    }

    private static ChangeRecord? Read(string row, string account)
    {
        using var document = JsonDocument.Parse(row);
        var item = document.RootElement;
        var (id, name, type) = (item.Said("resourceId"), item.Said("resourceName"), item.Said("resourceType"));
        var time = item.Said("configurationItemCaptureTime");
        if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return null;
        }

        var component = name.Length > 0 ? name : id;
        return new ChangeRecord(
            $"config:{type}:{id}:{time}",
            account,
            new Change(at, component, ChangeKind.Other, $"Config recorded {component} ({type}) anew", Reference: id));
    }

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}
