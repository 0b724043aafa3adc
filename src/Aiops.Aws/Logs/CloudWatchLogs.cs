using System.Globalization;
using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Aws.Wire;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.Logs;

/// <summary>
/// Log lines from CloudWatch Logs: by Logs Insights, a query a slice of the window, or event by event where the window is small.
/// Where there are more lines than a query gives, the newest of the slice are read and the rest counted.
/// </summary>
public sealed class CloudWatchLogs(WireClient client, LogSettings settings, TimeProvider time) : ILogSource
{
    private const string Query = "fields @timestamp, @message, @log | sort @timestamp desc";
    private const int AtOnce = 4; // Queries: an account may run few, and others want theirs.

    public async Task<SourceReport> ReadAsync(TelemetryQuery query, LogSink sink, CancellationToken cancellationToken)
    {
        using Patience patience = new(settings.Patience, time, cancellationToken);
        List<string> gaps = [];
        IReadOnlyList<ComponentLogs> groups = [];
        await patience.TryAsync(
            async token => groups = await LogGroups.FindAsync(client, settings, query.Components, gaps, token));
        if (groups.Count == 0)
        {
            throw patience.IsOver
                ? new SourceUnavailableException("CloudWatch Logs didn't list its groups in time")
                : new SourceMissingException($"no log group for {string.Join(", ", query.Components)}");
        }

        var few = query.Window.Length <= settings.SmallWindow && !groups.Any(g => g.IsQueryOnly);
        var count = few
            ? await new LogEvents(client).ReadAsync(groups, query.Window, sink, patience, gaps)
            : await QueryAsync(groups, query.Window, sink, patience, gaps);
        if (settings.NoteAnomalies)
        {
            await patience.TryAsync(
                async token => gaps.AddRange(await LogAnomalies.NotesAsync(client, groups, query.Window, token)));
        }

        var asked = $"{(few ? "events" : Query)} of {string.Join(", ", groups.Select(g => g.Group))}";
        return new SourceReport(
            count, new Provenance($"CloudWatch Logs {(few ? "FilterLogEvents" : "Insights")}", asked, query.Window), gaps);
    }

    private async Task<long> QueryAsync(
        IReadOnlyList<ComponentLogs> groups, TimeWindow window, LogSink sink, Patience patience, List<string> gaps)
    {
        LogQuery insights = new(client, settings.QueryPatience, time);
        string[] names = [.. groups.Select(g => g.Group)];
        var byName = groups.ToDictionary(g => g.Group, g => g.Component);
        long count = 0;
        var open = 0;
        foreach (var slices in Slices(window, settings.Slices).Chunk(AtOnce))
        {
            LogQuery.Found?[] found = new LogQuery.Found?[slices.Length];
            await Task.WhenAll(slices.Select((slice, i) => patience.TryAsync(
                async token => found[i] = await insights.RunAsync(names, slice, Query, token))));
            foreach (var (slice, answer) in slices.Zip(found))
            {
                open += answer is null ? 1 : 0;
                count += answer is null ? 0 : Hand(answer, byName, sink);
                Tell(slice, answer, gaps);
            }
        }

        if (open > 0)
        {
            gaps.Add($"{open} of {settings.Slices} stretches weren't read within {settings.Patience.TotalSeconds:0} s");
        }

        return count;
    }

    private static long Hand(LogQuery.Found found, Dictionary<string, string> components, LogSink sink)
    {
        long count = 0;
        foreach (var row in found.Rows)
        {
            string Field(string name) => row.FirstOrDefault(f => f.Field == name)?.Value ?? "";
            if (TryParse(Field("@timestamp"), out var at))
            {
                var group = Field("@log")[(Field("@log").IndexOf(':') + 1)..]; // "123456789012:/aws/lambda/payments"
                var line = LogLine.Read(Field("@message"));
                var component = components.GetValueOrDefault(group, group);
                var nanoseconds = (at - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
                sink(new LogRecord(nanoseconds, component, line.Severity, line.Body, line.TraceId));
                count++;
            }
        }

        return count;
    }

    private static bool TryParse(string text, out DateTimeOffset at)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    private static void Tell(TimeWindow slice, LogQuery.Found? found, List<string> gaps)
    {
        var stretch = $"{slice.Start:HH:mm}–{slice.End:HH:mm}";
        if (found?.Cut is { } cut)
        {
            gaps.Add($"{stretch}: the query was {cut}, its lines are a part");
        }
        else if (found is { Rows.Count: >= LogQuery.MostRows })
        {
            gaps.Add($"{stretch}: the newest {LogQuery.MostRows:N0} of {found.Matched:N0} lines");
        }
    }

    /// <summary>Whole seconds, for queries know no others; the last stretch takes what is left.</summary>
    private static IEnumerable<TimeWindow> Slices(TimeWindow window, int count)
    {
        var step = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(window.Length.TotalSeconds / count)));
        for (var start = window.Start; start < window.End; start += step)
        {
            yield return new TimeWindow(start, start + step < window.End ? start + step : window.End);
        }
    }
}
