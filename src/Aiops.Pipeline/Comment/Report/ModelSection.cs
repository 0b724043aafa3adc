using Aiops.Pipeline.Reason;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>A model's checked sentences, each with links to what it was checked against; or why there are none.</summary>
internal static class ModelSection
{
    public static void Write(HtmlText page, IncidentReport report)
    {
        if (report.Reasoning is not { } reasoning)
        {
            return;
        }

        var language = reasoning.Language is Reason.Models.ModelLanguage.Korean ? " lang=\"ko\"" : "";
        page.Markup($"<div class=\"model\"{language}>");
        if (reasoning.Order is [var first, ..])
        {
            page.Element("p", ModelWords.Moved(reasoning.Language, first), "class=\"answer\"");
        }

        WriteClaims(page, reasoning.Narrative);
        foreach (var cause in reasoning.Causes)
        {
            page.Element("h3", cause.Component, longest: 100);
            WriteClaims(page, cause.Claims);
            if (cause.WouldDisprove is { } test)
            {
                page.Markup($"<p class=\"test\"><strong>{ModelWords.WouldDisprove(reasoning.Language)}:</strong> ");
                WriteClaim(page, test);
                page.Markup("</p>");
            }
        }

        foreach (var action in reasoning.Actions)
        {
            if (report.Recommendations.FirstOrDefault(one => one.Playbook == action.Playbook)?.Title is not { } title)
            {
                continue; // Recommended for the order that it changed.
            }

            page.Markup($"<p><strong>{ModelWords.TryFirst(reasoning.Language)}:</strong> ").Text(title, 200);
            WriteCitations(page, action.Evidence);
            page.Markup("</p>");
        }

        page.Element("p", ModelWords.Account(reasoning), "class=\"quiet\"", 700).Markup("</div>");
    }

    private static void WriteClaims(HtmlText page, IReadOnlyList<CheckedClaim> claims)
    {
        if (claims.Count == 0)
        {
            return;
        }

        page.Markup("<ul>");
        foreach (var claim in claims)
        {
            page.Markup("<li>");
            WriteClaim(page, claim);
            page.Markup("</li>");
        }

        page.Markup("</ul>");
    }

    private static void WriteClaim(HtmlText page, CheckedClaim claim)
    {
        page.Text(claim.Text);
        WriteCitations(page, claim.Evidence);
    }

    // The incident and its hypotheses ("I", "H1") stand on the page without an anchor of their own.
    private static void WriteCitations(HtmlText page, IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            page.Markup(id is ['I'] or ['H', ..] ? " <span class=\"cite\">" : $" <a class=\"cite\" href=\"#{Anchor.Of(id)}\">").Text(id, 20).Markup(id is ['I'] or ['H', ..] ? "</span>" : "</a>");
        }
    }
}
