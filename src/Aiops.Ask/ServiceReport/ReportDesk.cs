using System.Globalization;
using Aiops.Analysis.LogPatterns;
using Aiops.Ask.Charts;
using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;
using Aiops.Ask.Questions;
using Aiops.Ask.Sql;

namespace Aiops.Ask.ServiceReport;

/// <summary>Makes a service's report: error trend, latency, endpoints, log patterns, unusual traffic, changes and incidents.</summary>
public sealed class ReportDesk(QuestionData data, TimeProvider time)
{
    private const int MostPatterns = 15;
    private static readonly AnswerColumn[] PatternColumns = [new("lines", "BIGINT"), new("before", "BIGINT"), new("severity", "VARCHAR"), new("pattern", "VARCHAR")];
    private static readonly AnswerColumn[] HourColumns = [new("hour", "TIMESTAMP"), new("weekday", "VARCHAR"), new("requests", "BIGINT"), new("usual", "DOUBLE"), new("deviations", "DOUBLE")];

    /// <summary>The stretch that <c>1d</c> means, up to the data's last moment; <c>m</c>, <c>h</c>, <c>d</c> and <c>w</c> are understood.</summary>
    public TimeRange Last(TimeSpan length, DateTime? now)
    {
        var to = (now ?? data.Extent.Last ?? time.GetUtcNow().UtcDateTime).AddTicks(10);
        return new TimeRange(to - length, to);
    }

    /// <exception cref="KeyNotFoundException">No data names the service; the message lists those that it names.</exception>
    /// <exception cref="StatementException">A query failed.</exception>
    public async Task<WrittenReport> WriteAsync(string service, TimeRange range, CancellationToken cancellationToken)
    {
        if (!data.Services.Contains(service, StringComparer.Ordinal))
        {
            throw new KeyNotFoundException($"No data names a service {service}. It names: {(data.Services.Count == 0 ? "none" : string.Join(", ", data.Services))}.");
        }

        var began = time.GetTimestamp();
        var queries = new ReportQueries(service, range);
        try
        {
            var parts = await data.UseAsync(connection => Parts(connection, queries, range), cancellationToken);
            return new WrittenReport(service, range.From, range.To, data.TimeZone.Id, parts, time.GetElapsedTime(began));
        }
        catch (DuckDbException e) when (e.IsStopped)
        {
            throw new StatementException($"The report can't be made. {data.Limits.WordsFor(e)}{(e.IsNotBegun ? "" : " Ask for a shorter stretch.")}");
        }
    }

    private IReadOnlyList<ReportPart> Parts(DuckDbConnection connection, ReportQueries queries, TimeRange range) =>
    [
        Totals(connection, queries),
        Trend(connection, queries.Errors, "Error rate", queries.Bucket, 2),
        Trend(connection, queries.Latency, "Latency in milliseconds", queries.Bucket, 4),
        Plain(connection, queries.Endpoints, "Endpoints", rows => $"{rows} endpoints, the busiest first."),
        Patterns(connection, queries),
        Traffic(connection, queries, range),
        Plain(connection, queries.Changes, "Changes", rows => rows == 0 ? "Nothing was changed." : $"{rows} changes, newest first."),
        Plain(connection, queries.Incidents, "Incidents", rows => rows == 0 ? "None was opened." : $"{rows} incidents, newest first."),
    ];

    private StatementAnswer Run(DuckDbConnection connection, string sql)
        => StatementRun.Run(connection, StatementCheck.Check(connection, data, sql), data.Limits with { Rows = 10_000 });

    private ReportPart Totals(DuckDbConnection connection, ReportQueries queries)
    {
        var answer = Run(connection, queries.Totals);
        var now = answer.Rows.FirstOrDefault(row => row[0] is "now");
        var before = answer.Rows.FirstOrDefault(row => row[0] is "before");
        var sentence = now is null ? "No request was traced."
            : $"{now[1]:N0} requests, {now[2]:N0} failed ({Share(now[3])}); half took under {Figure(now[4])} ms, 99 of 100 under {Figure(now[6])} ms."
                + (before is null ? " Nothing is known of the stretch before." : $" Before: {before[1]:N0} requests, {Share(before[3])} failed, {Figure(before[6])} ms.");
        return new ReportPart("In short", sentence, answer.Columns, answer.Rows, null, queries.Totals);
    }

    private ReportPart Trend(DuckDbConnection connection, string sql, string title, TimeSpan bucket, int columns)
    {
        var answer = Run(connection, sql);
        var worst = answer.Rows.MaxBy(row => row[columns - 1] as double? ?? 0);
        var sentence = worst is null ? "No request was traced."
            : columns == 2 ? $"Worst from {worst[0]:yyyy-MM-dd HH:mm}: {Share(worst[1])} of {worst[3]:N0} requests failed."
            : $"Slowest from {worst[0]:yyyy-MM-dd HH:mm}: 99 of 100 requests took under {Figure(worst[3])} ms.";
        var chart = Chart.Draw($"{title}, by {Words(bucket)}", [.. answer.Columns.Take(columns)], [.. answer.Rows.Select(row => row[..columns])], "line");
        return new ReportPart(title, sentence, answer.Columns, answer.Rows, chart, sql);
    }

    private ReportPart Plain(DuckDbConnection connection, string sql, string title, Func<int, string> sentence)
    {
        var answer = Run(connection, sql);
        return new ReportPart(title, sentence(answer.Rows.Count), answer.Columns, answer.Rows, null, sql);
    }

    private ReportPart Patterns(DuckDbConnection connection, ReportQueries queries)
    {
        var answer = Run(connection, queries.Messages);
        var miner = new LogTemplateMiner();
        var lines = answer.Rows.Select(row => (Group: miner.Add((string?)row[0] ?? ""), Severity: (string?)row[1], Now: (long)row[2]!, Before: (long)row[3]!)).ToList();
        var patterns = lines.GroupBy(line => line.Group.Current)
            .Select(group => (group.Key.Template, Severity: group.Max(line => line.Severity), Now: group.Sum(line => line.Now), Before: group.Sum(line => line.Before)))
            .Where(pattern => pattern.Now > 0).OrderByDescending(pattern => pattern.Now).ThenBy(pattern => pattern.Template, StringComparer.Ordinal).ToList();
        var fresh = patterns.Count(pattern => pattern.Before == 0);
        return new ReportPart(
            "Log patterns",
            patterns.Count == 0 ? "Nothing was logged." : $"{patterns.Sum(pattern => pattern.Now):N0} lines in {patterns.Count:N0} patterns, {fresh:N0} of them not seen in the stretch before.{(answer.Rows.Count >= 5_000 ? " Only the 5,000 most frequent messages were read." : "")}",
            PatternColumns,
            [.. patterns.Take(MostPatterns).Select(pattern => new object?[] { pattern.Now, pattern.Before, pattern.Severity, pattern.Template })],
            null,
            queries.Messages);
    }

    private ReportPart Traffic(DuckDbConnection connection, ReportQueries queries, TimeRange range)
    {
        var answer = Run(connection, queries.Hours);
        var hours = answer.Rows.ToDictionary(row => (DateTime)row[0]!, row => (long)row[1]!);
        var unusual = hours.Count == 0 ? [] : UsualTraffic.Of(hours, hours.Keys.Min(), range.From, range.To);
        var known = hours.Keys.Where(hour => hour < range.From).Select(hour => hour.Date).Distinct().Count();
        return new ReportPart(
            "Unusual traffic, by weekday and hour",
            unusual.Count > 0 ? $"{unusual.Count} hours differ from what is usual at that hour{(unusual.All(one => one.IsOfWeekday) ? " of that weekday" : "")}."
                : known < 3 ? $"Nothing can be said: {known} days before are known, and three are needed."
                : "No hour differs from what is usual then.",
            HourColumns,
            [.. unusual.Select(one => new object?[] { one.Hour, one.Hour.DayOfWeek.ToString(), one.Requests, one.Usual, Math.Round(one.Score, 1) })],
            Chart.Draw("Requests, by hour", answer.Columns, [.. answer.Rows.Where(row => (DateTime)row[0]! >= range.From)], "line"),
            queries.Hours);
    }

    private static string Share(object? value) => value is double share ? share.ToString("0.00 %", CultureInfo.InvariantCulture) : "–";

    private static string Figure(object? value) => value is double figure ? ChartScale.Figure(figure) : "–";

    private static string Words(TimeSpan bucket) => bucket switch
    {
        { TotalDays: 7 } => "week",
        { TotalDays: 1 } => "day",
        { TotalHours: 1 } => "hour",
        { TotalHours: > 1 } => $"{bucket.TotalHours:0} hours",
        { TotalMinutes: 1 } => "minute",
        _ => $"{bucket.TotalMinutes:0} minutes",
    };
}
