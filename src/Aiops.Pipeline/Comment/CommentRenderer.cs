using System.Globalization;
using System.Text;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Reason;

namespace Aiops.Pipeline.Comment;

/// <summary>
/// The comment, for somebody who was just woken: what broke, why, what changed, what to do, in the order in which they ask.
/// </summary>
/// <param name="mask">
/// Takes secrets out of every text, while it is whole: once shortened or escaped, a secret no longer looks like one.
/// <see cref="Masking.SecretMask"/> unless a test says otherwise.
/// </param>
public sealed class CommentRenderer(Func<string, string> mask)
{
    /// <summary>The longest comment in characters: below Jira's limit of 32,767, the smallest of the systems in use.</summary>
    public const int MaxLength = 30_000;

    private const int Causes = 3;
    private const int EvidencePerSide = 4;
    private const int Actions = 3;
    private const int StepsPerAction = 3;
    private const int LongestCommand = 1_000;
    private const string Cut = "\n*Cut here for length; the report has the rest.*\n\n";

    /// <param name="reportLink">Where the full report is.</param>
    /// <returns>Markdown, at most <see cref="MaxLength"/> long: lines are left out from the end, the footer kept, and that is said.</returns>
    /// <param name="repliesAreRead">Whether commands in replies are read: then it names them.</param>
    public string Render(IncidentReport report, string reportLink, bool repliesAreRead = false)
    {
        var body = Headline(report) + WhyText(report) + ChangedText(report) + ToDoText(report) + ModelText(report) + RunbooksText(report) + SimilarText(report) + MissingText(report);
        var footer = (repliesAreRead ? CommandsText(report) : "") + Footer(report, reportLink);
        return Shorten(body, MaxLength - footer.Length) + footer;
    }

    /// <summary>Cuts between lines: no line is of use in part, and each closes the marks that it opens.</summary>
    private static string Shorten(string body, int longest)
        => body.Length <= longest ? body : body[..(body.LastIndexOf('\n', longest - Cut.Length - 1) + 1)] + Cut;

    private string Headline(IncidentReport report)
    {
        var incident = report.Incident;
        var since = report.Diagnosis.Onset ?? incident.OpenedAt;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"**{IncidentWords.Headline(report, mask)}**");
        text.Append(CultureInfo.InvariantCulture, $" since {since:yyyy-MM-dd HH:mm} UTC{Lasting(report.AnalysedAt - since)}");
        if (incident.Components.Count > 0)
        {
            var more = incident.Components.Count > 6 ? $" and {incident.Components.Count - 6} more" : "";
            text.Append(CultureInfo.InvariantCulture, $" · {Text(string.Join(", ", incident.Components.Take(6)), 200)}{more}");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n\n{incident.MemberCount} alarm{(incident.MemberCount == 1 ? "" : "s")}, {incident.FiringCount} still firing. ");
        return text.Append(string.Join(' ', report.Classification.Reasons.Take(6).Select(reason => Text(reason, 300)))).Append("\n\n").ToString();
    }

    private string WhyText(IncidentReport report)
    {
        var diagnosis = report.Diagnosis;
        var text = new StringBuilder("### Most probable cause\n\n");
        if (diagnosis.Hypotheses.Count == 0)
        {
            return text.Append(CultureInfo.InvariantCulture, $"Not enough evidence to name one: {Text(diagnosis.NotEnoughEvidence ?? "nothing was found")}\n\n").ToString();
        }

        var evidence = diagnosis.Evidence.ToDictionary(found => found.Id);
        foreach (var hypothesis in diagnosis.Hypotheses.Take(Causes))
        {
            text.Append(CultureInfo.InvariantCulture, $"{hypothesis.Rank}. **{Text(hypothesis.Statement)}** — {IncidentWords.Confidence(hypothesis.Confidence)}\n");
            AppendEvidence(text, "for", hypothesis.For, evidence);
            AppendEvidence(text, "against", hypothesis.Against, evidence);
            if (hypothesis.Rank == 1 && hypothesis.WouldDisprove is { } test)
            {
                text.Append(CultureInfo.InvariantCulture, $"   - would disprove it: {Text(test)}\n");
            }
        }

        return text.Append('\n').ToString();
    }

    private void AppendEvidence(StringBuilder text, string side, IReadOnlyList<string> ids, Dictionary<string, Evidence> evidence)
    {
        foreach (var id in ids.Take(EvidencePerSide))
        {
            var statement = evidence.TryGetValue(id, out var found) ? found.Statement : "cited, but not among what was found";
            text.Append(CultureInfo.InvariantCulture, $"   - {side}: {Text(statement)} ({Text(id, 20)})\n");
        }
    }

    /// <summary>What a model says, sentence by checked sentence; nothing where there is none to say it.</summary>
    private string ModelText(IncidentReport report)
    {
        if (report.Reasoning is not { Status: not ReasoningStatus.NotAsked } reasoning)
        {
            return ""; // The footer says that nobody was asked.
        }

        var text = new StringBuilder($"### {ModelWords.Title(reasoning.Language)}\n\n");
        if (reasoning.Order is [var first, ..])
        {
            text.Append(CultureInfo.InvariantCulture, $"{Text(ModelWords.Moved(reasoning.Language, first))}\n\n");
        }

        foreach (var claim in reasoning.Narrative)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {Claim(claim)}\n");
        }

        foreach (var cause in reasoning.Causes)
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{Text(cause.Component, 100)}**\n");
            foreach (var claim in cause.Claims)
            {
                text.Append(CultureInfo.InvariantCulture, $"   - {Claim(claim)}\n");
            }

            if (cause.WouldDisprove is { } test)
            {
                text.Append(CultureInfo.InvariantCulture, $"   - {ModelWords.WouldDisprove(reasoning.Language)}: {Claim(test)}\n");
            }
        }

        foreach (var action in reasoning.Actions)
        {
            if (report.Recommendations.FirstOrDefault(one => one.Playbook == action.Playbook)?.Title is not { } title)
            {
                continue; // Recommended for the order that it changed.
            }

            text.Append(CultureInfo.InvariantCulture, $"- {ModelWords.TryFirst(reasoning.Language)}: **{Text(title, 200)}** ({Text(string.Join(", ", action.Evidence), 100)})\n");
        }

        var parted = reasoning.Explains ? "\n" : "";
        return text.Append(CultureInfo.InvariantCulture, $"{parted}*{Text(ModelWords.Account(reasoning), 600)}*\n\n").ToString();
    }

    private string Claim(CheckedClaim claim) => $"{Text(claim.Text)} ({Text(string.Join(", ", claim.Evidence), 100)})";

    private string ChangedText(IncidentReport report)
    {
        var changes = report.Timeline.Where(entry => entry.Kind == "change").ToList();
        var text = new StringBuilder("### What changed\n\n");
        if (changes.Count == 0)
        {
            var unknown = report.Context.Missing.FirstOrDefault(part => part.Source == ContextSource.Changes && part.Status != SourceStatus.Empty);
            return text.Append(unknown is null ? "Nothing that was recorded, in the two hours before.\n\n" : "Not known: changes couldn't be read.\n\n").ToString();
        }

        foreach (var change in changes.TakeLast(5))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {change.At:HH:mm} {Text(change.Component, 100)}: {Text(change.Text)}\n");
        }

        return text.Append('\n').ToString();
    }

    private string ToDoText(IncidentReport report)
    {
        if (report.Recommendations.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder("### What to do\n\n");
        foreach (var (at, action) in report.Recommendations.Take(Actions).Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"{at + 1}. **{Text(action.Title, 200)}** (risk: {IncidentWords.Of(action.Risk)}; {Text(action.RiskReason)}) {Text(action.Because)}\n");
            foreach (var step in action.Steps.Take(StepsPerAction))
            {
                text.Append(CultureInfo.InvariantCulture, $"   - {Text(step.Text)}{HowText(step)}\n");
            }

            if (action.Steps.Count > StepsPerAction)
            {
                text.Append(CultureInfo.InvariantCulture, $"   - {action.Steps.Count - StepsPerAction} more in the report\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"   - it worked if: {Text(action.Check)}\n");
        }

        return text.Append('\n').ToString();
    }

    private string HowText(ActionStep step)
    {
        // A command cut short would be another command.
        var command = step.Command is null ? "" : mask(step.Command) is { Length: <= LongestCommand } whole ? $" {MarkdownText.Code(whole, LongestCommand)}" : " (the command is in the report)";
        return step.Document is null ? command : $"{command} (Systems Manager document {MarkdownText.Code(mask(step.Document.Name))})";
    }

    private string RunbooksText(IncidentReport report)
    {
        if (report.Diagnosis.Runbooks.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder("### Runbooks\n\n");
        foreach (var runbook in report.Diagnosis.Runbooks)
        {
            var place = string.Join(" › ", runbook.Headings.Prepend(runbook.Title).Distinct(StringComparer.Ordinal));
            text.Append(CultureInfo.InvariantCulture, $"- **{Text(place, 200)}** ({Text(runbook.Document, 200)}; same words: {Text(string.Join(", ", runbook.Terms), 200)}): ")
                .Append(CultureInfo.InvariantCulture, $"{Text(runbook.Excerpt, RunbookFinder.LongestExcerpt)}\n");
        }

        return text.Append('\n').ToString();
    }

    private string SimilarText(IncidentReport report)
    {
        if (report.Context.PastIncidents.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder("### Seen before\n\n");
        foreach (var past in report.Context.PastIncidents.Take(3))
        {
            var cause = Text(IncidentWords.CauseOf(past));
            var helped = past.Helped is { Count: > 0 } playbooks ? $"; what helped: {Text(string.Join(", ", playbooks), 200)}" : "";
            text.Append(CultureInfo.InvariantCulture, $"- {Text(past.IncidentId, 100)} ({past.OpenedAt:yyyy-MM-dd}, {past.Similarity:P0} alike: {Text(string.Join(", ", past.Because))}): {cause}{helped}\n");
        }

        return text.Append('\n').ToString();
    }

    private string MissingText(IncidentReport report)
    {
        var missing = report.Context.Missing.Where(part => part.Status is not SourceStatus.Empty || part.Gaps.Count > 0)
            .Select(part => $"{IncidentWords.Of(part.Source)} {IncidentWords.Of(part.Status)}{(part.Gaps.Count == 0 ? "" : $" ({Text(part.Gaps[0], 160)})")}");
        return string.Join("; ", missing) is { Length: > 0 } parts ? $"*Missing:* {parts}\n\n" : "";
    }

    // The ticket tells the numbers of its actions and the words that judge it; docs/review.md tells the rest.
    private static string CommandsText(IncidentReport report)
    {
        var confirm = report.Diagnosis.Hypotheses.Count > 0 ? "`/aiops confirm`, " : "";
        var useful = report.Recommendations.Count > 0 ? ", `/aiops useful N` (the action's number)" : "";
        return $"Was it right? Reply with a line {confirm}`/aiops cause COMPONENT: what it was` or `/aiops wrong`{useful}; `/aiops explain` tells why.\n\n";
    }

    private string Footer(IncidentReport report, string reportLink) => string.Create(
        CultureInfo.InvariantCulture,
        $"---\n{MarkdownText.Link("Full report", mask(reportLink))} · analysis {report.Round}, {report.AnalysedAt:yyyy-MM-dd HH:mm} UTC, {Text(ModelWords.Short(report.Reasoning), 120)}{(report.Simulated ? " · **simulated telemetry**" : "")}\n");

    private string Text(string text, int longest = 500) => MarkdownText.Escape(mask(text), longest);

    private static string Lasting(TimeSpan lasting) => lasting >= TimeSpan.FromMinutes(1) ? $" ({Figures.Duration(lasting.TotalSeconds)} when analysed)" : "";
}
