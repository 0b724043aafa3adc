using Aiops.Ask.Sql;

namespace Aiops.Ask.ServiceReport;

/// <summary>One section of a report.</summary>
/// <param name="Sentence">What it comes to, in a sentence.</param>
/// <param name="Chart">An SVG drawing; null where there is none.</param>
/// <param name="Sql">The statement behind it.</param>
public sealed record ReportPart(string Title, string Sentence, IReadOnlyList<AnswerColumn> Columns, IReadOnlyList<object?[]> Rows, string? Chart, string Sql);

/// <summary>How a service fared: a fixed set of queries, no model.</summary>
public sealed record WrittenReport(string Service, DateTime From, DateTime To, string TimeZone, IReadOnlyList<ReportPart> Parts, TimeSpan Elapsed);
