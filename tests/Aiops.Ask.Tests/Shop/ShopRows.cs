namespace Aiops.Ask.Tests.Shop;

public sealed record SpanRow(DateTime Time, string Service, string Operation, double Milliseconds, bool Failed, long? Status, string Trace);

public sealed record LogRow(DateTime Time, string Service, string? Severity, string Body);

public sealed record MetricRow(DateTime Time, string Service, string Metric, string Unit, string Signal, double Value);

public sealed record ChangeRow(DateTime Time, string Service, string Kind, string Summary, string Actor);

public sealed record IncidentRow(string Id, string Title, string Status, string Kind, string? Severity, string Service, DateTime Opened, DateTime? Resolved, int Alarms);

public sealed record AlarmRow(string Incident, DateTime Time, string Source, string Title, string Service, string Severity);

public sealed record HypothesisRow(string Incident, int Rank, string Service, string Kind, double Confidence);

public sealed record ReviewRow(string Incident, DateTime Time, string Verdict, string? Service, string BlamedService, string BlamedKind, string? Severity, double? Minutes);

public sealed record ModelCostRow(string Incident, int Round, DateTime Time, string Model, long Calls, long Tokens, double Usd);

public sealed record CloudCostRow(DateOnly Day, string Service, double Usd);

public sealed record OrderRow(DateOnly Day, long Orders);
