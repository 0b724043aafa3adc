using Aiops.Analysis;
using Aiops.Pipeline;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Mcp.Answers;

/// <summary>An analysis as its report has it: what was found, why it is believed, what was missing.</summary>
/// <param name="Reasoning">What a model made of it; null where the host has none.</param>
/// <param name="Comment">The ticket's comment, Markdown; null where it wasn't asked for, or not written yet.</param>
internal sealed record ReportAnswer(
    string IncidentId,
    string Title,
    IncidentStatus Status,
    int Round,
    bool Simulated,
    Classification Classification,
    TimeWindow Window,
    DateTimeOffset? Onset,
    string? NotEnoughEvidence,
    IReadOnlyList<HypothesisAnswer> Hypotheses,
    IReadOnlyList<Recommendation> Recommendations,
    IReadOnlyList<MissingSource> Missing,
    IReadOnlyList<TimelineEntry> Timeline,
    int Evidence,
    ReasoningAnswer? Reasoning,
    string? Comment)
{
    private const int MostOfTimeline = 40;

    public static IReadOnlyList<string> Outside(string at) =>
    [
        $"{at}.title", $"{at}.hypotheses[].component", $"{at}.hypotheses[].statement", $"{at}.hypotheses[].for[].statement",
        $"{at}.hypotheses[].against[].statement", $"{at}.recommendations[]", $"{at}.missing[].gaps", $"{at}.timeline[].text",
        $"{at}.reasoning.why", $"{at}.reasoning.narrative[].text", $"{at}.reasoning.causes[]", $"{at}.reasoning.found[].statement", $"{at}.comment",
    ];

    public static ReportAnswer Of(IncidentReport report, string? comment) => new(
        report.Incident.Id,
        report.Incident.Title,
        report.Incident.Status,
        report.Round,
        report.Simulated,
        report.Classification,
        report.Context.Window,
        report.Diagnosis.Onset,
        report.Diagnosis.NotEnoughEvidence,
        [.. report.Diagnosis.Hypotheses.Select(hypothesis => HypothesisAnswer.Of(hypothesis, report))],
        report.Recommendations,
        [.. report.Context.Missing.Select(part => new MissingSource(part.Source, part.Status, part.Gaps))],
        [.. report.Timeline.Take(MostOfTimeline)],
        report.Diagnosis.Evidence.Count,
        report.Reasoning is { } reasoning ? ReasoningAnswer.Of(reasoning) : null,
        comment);
}

/// <summary>One possible cause. Its evidence is cited by id; get_evidence has where each came from.</summary>
internal sealed record HypothesisAnswer(
    int Rank,
    string Component,
    CauseKind Kind,
    SuspectRole Role,
    double Confidence,
    DateTimeOffset? Onset,
    string Statement,
    IReadOnlyList<CitedEvidence> For,
    IReadOnlyList<CitedEvidence> Against,
    string? WouldDisprove)
{
    public static HypothesisAnswer Of(Hypothesis hypothesis, IncidentReport report) => new(
        hypothesis.Rank, hypothesis.Component, hypothesis.Kind, hypothesis.Role, hypothesis.Confidence, hypothesis.Onset, hypothesis.Statement,
        Cited(hypothesis.For, report), Cited(hypothesis.Against, report), hypothesis.WouldDisprove);

    private static IReadOnlyList<CitedEvidence> Cited(IReadOnlyList<string> ids, IncidentReport report)
        => [.. ids.Select(id => new CitedEvidence(id, report.Diagnosis[id].Kind, report.Diagnosis[id].Statement))];
}

internal sealed record CitedEvidence(string Id, EvidenceKind Kind, string Statement);

internal sealed record MissingSource(ContextSource Source, SourceStatus Status, IReadOnlyList<string> Gaps);

/// <summary>What a replay came to.</summary>
internal sealed record ReplayAnswer(string Recording, bool Simulated, int Events, IReadOnlyList<ReportAnswer> Incidents);
