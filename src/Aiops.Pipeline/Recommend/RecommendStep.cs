using System.Text.Json;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Recommend;

/// <summary>Finds actions for the round's hypotheses. Nothing is executed: a person decides.</summary>
/// <remarks>Documents of stages that failed are gone without. Doing it twice writes the same document again.</remarks>
public sealed partial class RecommendStep(
    IIncidents incidents, IDocumentStore documents, PlaybookLibrary playbooks, ILogger<RecommendStep> logger)
{
    // Below this a hypothesis is a mention, and acting on it would more likely harm than help.
    private const double LeastConfidence = 0.05;

    public async Task<RecommendOutput> RunAsync(RecommendInput input, CancellationToken cancellationToken)
    {
        var incident = await incidents.GetAsync(input.IncidentId, cancellationToken);
        var members = await incidents.MembersAsync(input.IncidentId, cancellationToken);
        var diagnosis = await documents.GetAsync(DocumentKeys.Diagnosis(incident.Id, input.Round), cancellationToken) is { } found
            ? JsonSerializer.Deserialize(found, DiagnosisJson.Default.Diagnosis)
            : null;
        var classification = await documents.GetAsync(DocumentKeys.Classification(incident.Id, input.Round), cancellationToken) is { } judged
            ? JsonSerializer.Deserialize(judged, ClassifyJson.Default.Classification)
            : null;
        var windows = AnalysisWindows.For(incident, incident.LastEventAt);
        var context = await new ContextDocuments(documents).ReadAsync(incident.Id, input.Round, windows, cancellationToken);

        var recommendations = Recommend(incident, members, diagnosis, classification?.Kind ?? IncidentKind.Unknown, context);
        LogRecommended(incident.Id, recommendations.Count);

        var key = DocumentKeys.Recommendations(incident.Id, input.Round);
        var json = JsonSerializer.SerializeToUtf8Bytes(recommendations, RecommendJson.Default.IReadOnlyListRecommendation);
        await documents.PutAsync(key, json, cancellationToken);
        return new RecommendOutput(recommendations.Count, key);
    }

    /// <summary>Pure: the best playbooks for each cause, the most probable first; for the alarm itself where none was found.</summary>
    public IReadOnlyList<Recommendation> Recommend(
        Incident incident, IReadOnlyList<Trigger> members, Diagnosis? diagnosis, IncidentKind kind, IncidentContext context)
    {
        var subjects = new PlaybookSubjects(incident, members, kind, context);
        List<Recommendation> chosen = [];
        foreach (var hypothesis in (diagnosis?.Hypotheses ?? []).Where(IsWorthActing).OrderBy(hypothesis => hypothesis.Rank))
        {
            Choose(subjects.Of(hypothesis, diagnosis!));
        }

        if (chosen.Count == 0)
        {
            Choose(subjects.OfWhole());
        }

        return chosen;

        void Choose(PlaybookSubject subject)
        {
            var values = Placeholders.For(incident, members, subject.Component, subject.Type, subject.Onset);
            chosen.AddRange(PlaybookMatcher.Match(playbooks, subject).Select(match => Filled(match, subject, values)));
        }
    }

    private static bool IsWorthActing(Hypothesis hypothesis)
        => hypothesis.Confidence >= LeastConfidence && (hypothesis.Role is SuspectRole.Cause || hypothesis.Rank == 1);

    private static Recommendation Filled(PlaybookMatch match, PlaybookSubject subject, Placeholders values) => new()
    {
        Playbook = match.Playbook.Id,
        Title = values.FillText(match.Playbook.Title),
        Hypothesis = subject.Hypothesis,
        Because = match.Because,
        Steps = [.. match.Playbook.Steps.Select(step => Filled(step, values))],
        Risk = match.Playbook.Risk,
        RiskReason = values.FillText(match.Playbook.Reason),
        Rollback = values.FillText(match.Playbook.Rollback),
        Check = values.FillText(match.Playbook.Check),
    };

    private static ActionStep Filled(PlaybookStep step, Placeholders values)
    {
        HashSet<string> left = [];
        var command = step.Command is null ? null : Fill(step.Command);
        var document = step.Document is null
            ? null
            : step.Document with { Parameters = step.Document.Parameters.ToDictionary(entry => entry.Key, entry => Fill(entry.Value), StringComparer.Ordinal) };
        var toFill = left.Count == 0 ? "" : $" Fill in: {string.Join(", ", left.Order(StringComparer.Ordinal))}.";
        return new ActionStep(values.FillText(step.Text) + toFill, command, document);

        string Fill(string template)
        {
            var filled = values.FillCommand(template, out var unfilled);
            left.UnionWith(unfilled);
            return filled;
        }
    }

    [LoggerMessage(LogLevel.Information, "Recommended {Count} actions for {IncidentId}")]
    private partial void LogRecommended(string incidentId, int count);
}
