using System.Globalization;
using System.Text;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Review.Tickets;

/// <summary>Why the first hypothesis is the first, from what the stages left behind; nothing is asked or computed anew.</summary>
/// <param name="mask">As for the comment: every text is masked while it is whole.</param>
public sealed class Explanation(Func<string, string> mask)
{
    private const int MostEvidence = 8;

    public string Of(IncidentReport report)
    {
        var text = new StringBuilder();
        var diagnosis = report.Diagnosis;
        if (diagnosis.Hypotheses is not [var first, ..])
        {
            text.Append(CultureInfo.InvariantCulture, $"No cause was named: {Text(diagnosis.NotEnoughEvidence ?? "nothing was found")}\n\n");
            AppendMissing(text, report);
            return text.ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"**{Text(first.Statement)}** ({Text(first.Component, 200)}, as {IncidentWords.Of(first.Role)}) — {IncidentWords.Confidence(first.Confidence)}\n\n");
        AppendSide(text, "For it", first.For, report);
        AppendSide(text, "Against it", first.Against, report);
        if (first.WouldDisprove is { } test)
        {
            text.Append(CultureInfo.InvariantCulture, $"Would disprove it: {Text(test)}\n\n");
        }

        AppendConfidence(text, report, first);
        AppendMissing(text, report);
        return text.ToString();
    }

    private void AppendSide(StringBuilder text, string title, IReadOnlyList<string> ids, IncidentReport report)
    {
        text.Append(title).Append(":\n\n");
        foreach (var id in ids.Take(MostEvidence))
        {
            var found = report.Diagnosis.Evidence.FirstOrDefault(evidence => evidence.Id == id);
            text.Append(CultureInfo.InvariantCulture, $"- {Text(found?.Statement ?? "cited, but not among what was found")} ({Text(id, 20)}{(found is null ? "" : $"; {Text(found.Provenance.Source, 100)}")})\n");
        }

        text.Append(ids.Count switch
        {
            0 => "- nothing that was found\n\n",
            > MostEvidence => string.Create(CultureInfo.InvariantCulture, $"- {ids.Count - MostEvidence} more in the report\n\n"),
            _ => "\n",
        });
    }

    // The share is over all hypotheses, so what the others hold says why it isn't more.
    private void AppendConfidence(StringBuilder text, IncidentReport report, Hypothesis first)
    {
        text.Append(CultureInfo.InvariantCulture, $"The confidence of {Percent(first.Confidence)} is its share of all that could be the cause");
        text.Append(report.Diagnosis.Hypotheses is [_, var second, ..]
            ? string.Create(CultureInfo.InvariantCulture, $"; next is {Text(second.Component, 200)} with {Percent(second.Confidence)} ({Text(second.Statement, 200)})")
            : "; no other suspect was found");
        var unexplained = 1 - report.Diagnosis.Hypotheses.Sum(hypothesis => hypothesis.Confidence);
        text.Append(unexplained >= 0.005 ? string.Create(CultureInfo.InvariantCulture, $"; {Percent(unexplained)} are left for a cause that it hasn't seen.\n\n") : ".\n\n");
    }

    private void AppendMissing(StringBuilder text, IncidentReport report)
    {
        var missing = report.Context.Missing.Where(part => part.Status is not SourceStatus.Empty || part.Gaps.Count > 0).ToList();
        text.Append(missing.Count == 0 ? "Nothing that was asked for was missing.\n" : "What was missing:\n\n");
        foreach (var part in missing)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {IncidentWords.Of(part.Source)}: {IncidentWords.Of(part.Status)}{(part.Gaps.Count == 0 ? "" : $" ({Text(part.Gaps[0], 200)})")}\n");
        }
    }

    private static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture);

    private string Text(string text, int longest = 500) => MarkdownText.Escape(mask(text), longest);
}
