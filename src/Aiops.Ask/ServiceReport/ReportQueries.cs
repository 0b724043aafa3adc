using Aiops.Ask.Data;
using Aiops.Ask.Questions;

namespace Aiops.Ask.ServiceReport;

/// <summary>The statements of a report: one SELECT each, on catalogued tables like any question's.</summary>
internal sealed class ReportQueries(string service, TimeRange range)
{
    private readonly string name = SqlText.Literal(service);
    private readonly string from = SqlText.Literal(range.From);
    private readonly string to = SqlText.Literal(range.To);
    private readonly string before = SqlText.Literal(range.From - (range.To - range.From));

    /// <summary>How wide a point of a trend is: 30 to 100 of them in any stretch.</summary>
    public TimeSpan Bucket { get; } = ((TimeSpan[])[TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1)])
        .FirstOrDefault(width => (range.To - range.From) / width <= 100, TimeSpan.FromDays(7));

    public string Totals =>
        $"""
        SELECT CASE WHEN time >= {from} THEN 'now' ELSE 'before' END AS stretch, count(*) AS requests, count(*) FILTER (WHERE failed) AS failed,
          avg(failed::INT) AS error_rate, median(duration_ms) AS p50_ms, quantile_cont(duration_ms, 0.95) AS p95_ms, quantile_cont(duration_ms, 0.99) AS p99_ms
        FROM spans WHERE service = {name} AND time >= {before} AND time < {to} GROUP BY stretch ORDER BY stretch DESC
        """;

    public string Errors =>
        $"""
        SELECT {At} AS at_time, avg(failed::INT) AS error_rate, count(*) FILTER (WHERE failed) AS failed, count(*) AS requests
        FROM spans WHERE service = {name} AND time >= {from} AND time < {to} GROUP BY at_time ORDER BY at_time
        """;

    public string Latency =>
        $"""
        SELECT {At} AS at_time, median(duration_ms) AS p50_ms, quantile_cont(duration_ms, 0.95) AS p95_ms, quantile_cont(duration_ms, 0.99) AS p99_ms
        FROM spans WHERE service = {name} AND time >= {from} AND time < {to} GROUP BY at_time ORDER BY at_time
        """;

    public string Endpoints =>
        $"""
        SELECT operation, count(*) AS requests, avg(failed::INT) AS error_rate, quantile_cont(duration_ms, 0.99) AS p99_ms
        FROM spans WHERE service = {name} AND time >= {from} AND time < {to} GROUP BY operation ORDER BY requests DESC, operation LIMIT 15
        """;

    /// <summary>Messages without their figures, with how often before; patterns are made of them afterwards.</summary>
    public string Messages =>
        $"""
        SELECT regexp_replace(left(body, 1000), '[0-9]+', '0', 'g') AS message, max(severity) AS severity,
          count(*) FILTER (WHERE time >= {from}) AS lines, count(*) FILTER (WHERE time < {from}) AS before
        FROM logs WHERE service = {name} AND time >= {before} AND time < {to}
        GROUP BY message ORDER BY lines DESC, message LIMIT 5000
        """;

    /// <summary>Requests of every hour of the stretch and of the eight weeks before it.</summary>
    public string Hours =>
        $"""
        SELECT date_trunc('hour', time) AS hour, count(*) AS requests
        FROM spans WHERE service = {name} AND time >= {SqlText.Literal(range.From.AddDays(-56))} AND time < {to} GROUP BY hour ORDER BY hour
        """;

    public string Changes => $"SELECT time, kind, summary, actor FROM changes WHERE service = {name} AND time >= {from} AND time < {to} ORDER BY time DESC LIMIT 20";

    public string Incidents => $"SELECT id, title, severity, status, opened FROM incidents WHERE service = {name} AND opened >= {from} AND opened < {to} ORDER BY opened DESC LIMIT 20";

    private string At => $"time_bucket(INTERVAL '{(long)Bucket.TotalSeconds} seconds', time)";
}
