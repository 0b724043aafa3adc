using Aiops.Analysis.Telemetry;
using Aiops.Aws.ApplicationSignals;
using Aiops.Aws.CloudTrail;
using Aiops.Aws.Config;
using Aiops.Aws.Wire;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.Changes;

/// <summary>
/// What was changed: from the table where it was recorded as it happened; where that has no API call of the window, from
/// CloudTrail's history too, which is kept from then on.
/// </summary>
public sealed class ChangeSource(
    IChangeTable table, TrailLookup lookup, WireClient client, ChangeSettings settings, TimeProvider time) : IChangeSource
{
    public async Task<SourceAnswer<IReadOnlyList<Change>>> QueryAsync(
        TelemetryQuery query, CancellationToken cancellationToken)
    {
        using Patience patience = new(settings.Patience, time, cancellationToken);
        List<string> gaps = [];
        List<string> asked = ["recorded changes"];
        Dictionary<string, Change> changes = new(StringComparer.Ordinal);
        IReadOnlyList<ChangeRecord> recorded = [];
        if (!await patience.TryAsync(async token =>
            recorded = await table.WithinAsync(settings.Account, query.Window, settings.Most + 1, token)))
        {
            throw new SourceUnavailableException("the table of changes didn't answer in time");
        }

        Add(changes, recorded);
        if (!recorded.Any(record => record.IsApiCall)) // Without a trail, deployments alone come as they happen.
        {
            asked.Add("CloudTrail LookupEvents");
            await OptionalAsync("CloudTrail", token => BackfillAsync(query, changes, gaps, token));
        }

        if (settings.ApplicationSignals)
        {
            asked.Add("Application Signals ListEntityEvents");
            await OptionalAsync("Application Signals", async token =>
                Add(changes, await SignalChanges.ReadAsync(client, query, settings.Account, token)));
        }

        if (settings.Config)
        {
            asked.Add("Config SelectResourceConfig");
            await OptionalAsync("Config", async token =>
                Add(changes, await ConfigChanges.ReadAsync(client, query.Window, settings.Account, gaps, token)));
        }

        return new SourceAnswer<IReadOnlyList<Change>>(
            Limited(changes.Values, gaps), new Provenance("changes", string.Join(", ", asked), query.Window), gaps);

        // What more there is: a part without it is better than none.
        async Task OptionalAsync(string source, Func<CancellationToken, Task> work)
        {
            var before = changes.Count;
            try
            {
                if (!await patience.TryAsync(work))
                {
                    gaps.Add($"{source} didn't answer within {settings.Patience.TotalSeconds:0} s{Part(before)}");
                }
            }
            catch (Exception error) when (error is SourceDeniedException or SourceMissingException or SourceUnavailableException
                or WireException)
            {
                gaps.Add(error.Message + Part(before));
            }
        }

        string Part(int before)
            => changes.Count > before ? $"; changes it told before that: {changes.Count - before}" : "";
    }

    private async Task BackfillAsync(
        TelemetryQuery query, Dictionary<string, Change> changes, List<string> gaps, CancellationToken token)
    {
        var (isRead, isKept) = (false, true);
        await foreach (var page in lookup.WritesAsync(query.Window, settings.MostLookups, gaps, token))
        {
            if (!isRead)
            {
                gaps.Add("no API call was recorded as it happened: those told come from CloudTrail's history, which is minutes late");
            }

            isRead = true;
            Add(changes, page);
            isKept = isKept && await KeepAsync(page, token);
        }
    }

    /// <summary>False where it can't be: the next one looks again, and whoever asks now has the answer all the same.</summary>
    private async Task<bool> KeepAsync(IReadOnlyList<ChangeRecord> page, CancellationToken token)
    {
        try
        {
            foreach (var record in page)
            {
                await table.AddAsync(record, token);
            }

            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return false;
        }
    }

    private static void Add(Dictionary<string, Change> changes, IEnumerable<ChangeRecord> records)
    {
        foreach (var record in records)
        {
            changes.TryAdd(record.EventId, record.Change);
        }
    }

    private List<Change> Limited(Dictionary<string, Change>.ValueCollection changes, List<string> gaps)
    {
        if (changes.Count > settings.Most)
        {
            gaps.Add($"the newest {settings.Most} changes of more");
        }

        return [.. changes.OrderBy(change => change.At).TakeLast(settings.Most)];
    }
}
