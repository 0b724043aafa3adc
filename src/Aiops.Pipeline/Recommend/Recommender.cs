using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Recommend;

/// <summary>Chooses playbooks for what an analysis found and fills them in. Pure: the same analysis gets the same actions.</summary>
public sealed class Recommender(PlaybookLibrary playbooks)
{
    // Below this a hypothesis is a mention, and acting on it would more likely harm than help.
    private const double LeastConfidence = 0.05;

    /// <summary>The best playbooks for each cause, the most probable first; for the alarm itself where none was found.</summary>
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
}
