namespace Aiops.Ask.Tests.Shop;

/// <summary>A shop's telemetry and incidents, made from a seed: what is asked of DuckDB is counted here in C#.</summary>
public sealed class ShopData
{
    public static readonly string[] Services = ["catalog", "checkout", "inventory-db", "payments", "search"];

    /// <summary>A Wednesday.</summary>
    public static readonly DateTime Now = new(2026, 3, 11, 14, 30, 0);

    private static readonly DateTime Start = new(2026, 2, 23);
    private static readonly string[] Kinds = ["deployment", "saturation", "configuration", "latency"];

    private readonly Random random = new(20_260_311);

    public ShopData()
    {
        Spans = [.. Enumerable.Range(0, 20_000).Select(Span).Append(new SpanRow(Now, "search", "GET /search", 12, false, 200, "last"))];
        Logs = [.. Enumerable.Range(0, 12_000).Select(_ => Log())];
        Metrics = [.. Enumerable.Range(0, 4_000).Select(Metric)];
        Changes = [.. Enumerable.Range(0, 60).Select(i => Change(i))];
        Incidents = [.. Enumerable.Range(1, 80).Select(Incident)];
        Alarms = [.. Incidents.SelectMany(incident => Enumerable.Range(0, incident.Alarms).Select(i => new AlarmRow(
            incident.Id, incident.Opened.AddSeconds(i * 20), Pick("aws.cloudwatch", "alertmanager", "grafana"), $"{incident.Service} {Pick("latency", "errors", "cpu")}", incident.Service, Pick("low", "high", "critical"))))];
        Hypotheses = [.. Incidents.SelectMany(incident => Enumerable.Range(1, 2).Select(rank => new HypothesisRow(incident.Id, rank, Pick(Services), Pick(Kinds), Math.Round(random.NextDouble() / rank, 3))))];
        Reviews = [.. Incidents.Where((_, i) => i % 4 != 0).Select(Review)];
        ModelCosts = [.. Incidents.Select((incident, i) => new ModelCostRow(incident.Id, 1, incident.Opened.AddMinutes(2), i % 3 == 0 ? "small" : "large", 1 + (i % 4), 1_000 + (i * 37), Math.Round(0.001 * (i + 1), 3)))];
        CloudCosts = [.. Enumerable.Range(0, 100).SelectMany(i => Services.Select(service => new CloudCostRow(DateOnly.FromDateTime(Now).AddDays(-i), service, Math.Round(random.NextDouble() * 40, 2))))];
        Orders = [.. Enumerable.Range(0, 100).Select(i => new OrderRow(DateOnly.FromDateTime(Now).AddDays(-i), random.Next(800, 2_000)))];
    }

    public static ShopData Instance { get; } = new();

    public IReadOnlyList<SpanRow> Spans { get; }

    public IReadOnlyList<LogRow> Logs { get; }

    public IReadOnlyList<MetricRow> Metrics { get; }

    public IReadOnlyList<ChangeRow> Changes { get; }

    public IReadOnlyList<(string Caller, string Callee)> Calls { get; } =
        [("checkout", "payments"), ("checkout", "inventory-db"), ("catalog", "inventory-db"), ("catalog", "search"), ("search", "inventory-db")];

    public IReadOnlyList<IncidentRow> Incidents { get; }

    public IReadOnlyList<AlarmRow> Alarms { get; }

    public IReadOnlyList<HypothesisRow> Hypotheses { get; }

    public IReadOnlyList<ReviewRow> Reviews { get; }

    public IReadOnlyList<ModelCostRow> ModelCosts { get; }

    public IReadOnlyList<CloudCostRow> CloudCosts { get; }

    public IReadOnlyList<OrderRow> Orders { get; }

    public IEnumerable<SpanRow> SpansIn(DateTime from, DateTime to) => Spans.Where(span => span.Time >= from && span.Time < to);

    private SpanRow Span(int i)
    {
        var service = Pick(Services);
        var time = Moment();
        var failed = random.NextDouble() < (service, time.Hour) switch
        {
            ("payments", >= 10 and < 12) => 0.4,
            ("checkout", _) => 0.06,
            _ => 0.02,
        };
        long? status = service == "payments" ? null : failed ? Pick(500L, 502, 503) : random.Next(20) == 0 ? 404 : 200;
        return new SpanRow(time, service, Pick($"GET /{service}", $"POST /{service}", $"GET /{service}/health"), Math.Round(Math.Exp(random.NextDouble() * 6), 3), failed, status, $"t{i / 3}");
    }

    private LogRow Log()
    {
        var severity = Pick("INFO", "INFO", "INFO", "WARN", "ERROR", "FATAL", null);
        var service = Pick(Services);
        return new LogRow(Moment(), service, severity, severity switch
        {
            "ERROR" => $"connection {random.Next(1_000)} to {Pick("inventory-db", "cache")} timed out",
            "FATAL" => "out of memory",
            _ => $"handled request {random.Next(100_000)} in {random.Next(500)} ms",
        });
    }

    private MetricRow Metric(int i)
    {
        var time = Start.AddMinutes(i / 4 * 20);
        var cpu = i % 2 == 0;
        return new MetricRow(time > Now ? Now : time, i % 4 < 2 ? "checkout" : "inventory-db", cpu ? "cpu.utilization" : "queue.depth", cpu ? "1" : "{message}", "saturation", Math.Round(random.NextDouble() * (cpu ? 1 : 300), 4));
    }

    private ChangeRow Change(int i)
    {
        var (service, kind) = (Pick(Services), Pick("deployment", "deployment", "configuration", "scaling"));
        return new ChangeRow(Moment(), service, kind, $"{service} {kind} {i}", Pick("ana", "pipeline"));
    }

    private IncidentRow Incident(int i)
    {
        var opened = Now.AddDays(-random.Next(1, 110)).AddMinutes(-random.Next(1_000)).AddSeconds(-i);
        DateTime? resolved = i % 9 == 0 ? null : opened.AddMinutes(random.Next(3, 400));
        var service = Pick(Services);
        return new IncidentRow($"INC-{i:000}", $"{service} is unwell {i}", resolved is null ? "open" : Pick("resolved", "closed"), Pick("latency", "errors", "saturation"), i % 11 == 0 ? null : Pick("sev1", "sev2", "sev3"), service, opened, resolved, random.Next(1, 5));
    }

    private ReviewRow Review(IncidentRow incident)
    {
        var blamed = Hypotheses.First(one => one.Incident == incident.Id && one.Rank == 1);
        var verdict = Pick("confirmed", "confirmed", "corrected", "rejected", "unreviewed");
        return new ReviewRow(
            incident.Id, incident.Opened.AddHours(5), verdict, verdict switch { "confirmed" => blamed.Service, "corrected" => Pick(Services), _ => null },
            blamed.Service, blamed.Kind, incident.Severity, random.Next(3) == 0 ? null : random.Next(2, 300));
    }

    private DateTime Moment() => Start.AddSeconds(random.Next((int)(Now - Start).TotalSeconds));

    private T Pick<T>(params ReadOnlySpan<T> from) => from[random.Next(from.Length)];
}
