namespace Aiops.Pipeline.Comment.Report;

/// <summary>Each hypothesis with its confidence and what speaks for and against it.</summary>
internal static class CausesSection
{
    private const int Most = 8;
    private const int EvidencePerSide = 12;
    private const double WorthShowing = 0.1; // Below that, a hypothesis after the second is folded away.

    public static void Write(HtmlText page, IncidentReport report)
    {
        var diagnosis = report.Diagnosis;
        if (diagnosis.Hypotheses.Count == 0)
        {
            page.Markup("<p>Not enough evidence to name one: ").Text(diagnosis.NotEnoughEvidence ?? "nothing was found").Markup("</p>");
            WriteSeen(page, diagnosis.Evidence);
            return;
        }

        var evidence = diagnosis.Evidence.ToDictionary(found => found.Id);
        var shown = diagnosis.Hypotheses.Take(Most).ToList();
        var open = shown.Count(hypothesis => hypothesis.Rank <= 2 || hypothesis.Confidence >= WorthShowing);
        foreach (var hypothesis in shown.Take(open))
        {
            WriteHypothesis(page, hypothesis, evidence);
        }

        if (open < shown.Count)
        {
            page.Markup($"<details class=\"rest\"><summary>{shown.Count - open} more, less likely</summary>");
            foreach (var hypothesis in shown.Skip(open))
            {
                WriteHypothesis(page, hypothesis, evidence);
            }

            page.Markup("</details>");
        }
    }

    private static void WriteSeen(HtmlText page, IReadOnlyList<Evidence> evidence)
    {
        if (evidence.Count == 0)
        {
            return;
        }

        page.Markup("<h3>What was seen nonetheless</h3><ul>");
        foreach (var found in evidence.Take(EvidencePerSide))
        {
            page.Markup("<li>").Text(found.Statement).Markup($" <a class=\"cite\" href=\"#{Anchor.Of(found.Id)}\">").Text(found.Id, 20).Markup("</a></li>");
        }

        page.Markup("</ul>");
    }

    private static void WriteHypothesis(HtmlText page, Hypothesis hypothesis, Dictionary<string, Evidence> evidence)
    {
        page.Markup($"<article class=\"cause{(hypothesis.Rank == 1 ? " first" : "")}\"><h3><span class=\"rank\">{hypothesis.Rank}</span> ").Text(hypothesis.Statement).Markup("</h3>");
        WriteConfidence(page, hypothesis);
        page.Markup("<div class=\"sides\">");
        WriteSide(page, "For", "for", hypothesis.For, evidence);
        WriteSide(page, "Against", "against", hypothesis.Against, evidence);
        page.Markup("</div>");
        if (hypothesis.WouldDisprove is { } test)
        {
            page.Markup("<p class=\"test\"><strong>Would disprove it:</strong> ").Text(test).Markup("</p>");
        }

        page.Markup("</article>\n");
    }

    private static void WriteConfidence(HtmlText page, Hypothesis hypothesis)
    {
        var share = Math.Clamp(hypothesis.Confidence, 0, 1);
        page.Markup("<p class=\"meta\">")
            .Markup($"<svg class=\"bar\" viewBox=\"0 0 100 8\" width=\"100\" height=\"8\" aria-hidden=\"true\"><rect class=\"track\" width=\"100\" height=\"8\" rx=\"4\"/><rect class=\"fill\" width=\"{100 * share:0.#}\" height=\"8\" rx=\"4\"/></svg> ")
            .Markup($"<strong>{IncidentWords.Confidence(share)}</strong> · {IncidentWords.Of(hypothesis.Kind)} · {IncidentWords.Of(hypothesis.Role)} · ")
            .Element("span", hypothesis.Component, "class=\"name\"", 100);
        if (ResourceType.Name(hypothesis.ComponentType) is { } type)
        {
            page.Markup(" (").Text(type, 60).Markup(")");
        }

        page.Markup(hypothesis.Onset is { } onset ? $" · since {onset:HH:mm} UTC</p>" : "</p>");
    }

    private static void WriteSide(HtmlText page, string title, string side, IReadOnlyList<string> ids, Dictionary<string, Evidence> evidence)
    {
        page.Markup($"<div><h4>{title}</h4>");
        if (ids.Count == 0)
        {
            page.Markup("<p class=\"quiet\">Nothing found.</p></div>");
            return;
        }

        page.Markup($"<ul class=\"{side}\">");
        foreach (var id in ids.Take(EvidencePerSide))
        {
            var found = evidence.GetValueOrDefault(id);
            page.Markup("<li>").Text(found?.Statement ?? "cited, but not among what was found")
                .Markup($" <a class=\"cite\" href=\"#{Anchor.Of(id)}\">").Text(id, 20).Markup("</a></li>");
        }

        page.Markup(ids.Count > EvidencePerSide ? $"</ul><p class=\"quiet\">{ids.Count - EvidencePerSide} more below.</p></div>" : "</ul></div>");
    }
}

/// <summary>Ids within the page, of the letters and digits of a name alone.</summary>
internal static class Anchor
{
    public static string Of(string evidenceId) => "evidence-" + string.Concat(evidenceId.Where(char.IsAsciiLetterOrDigit).Take(20));
}

/// <summary>CloudFormation types as people say them.</summary>
internal static class ResourceType
{
    /// <summary><c>AWS::DynamoDB::Table</c> is "DynamoDB Table"; null stays null.</summary>
    public static string? Name(string? type)
        => type?.Split("::") is ["AWS", var service, var resource] ? $"{service} {resource}" : type;
}
